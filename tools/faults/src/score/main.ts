import { classLabel } from '@drydock/triage';
import { collected } from './collected.js';
import { classOf, isExcused, isRight, type Scored, scored, scoreOf } from './score.js';

const CLASSES = ['environment', 'harness', 'mechanism', 'unknown'];
const [half = 'first', ...flags] = process.argv.slice(2);
const rows = scored(collected(half));

print(half);
for (const format of ['', ...new Set(rows.map((row) => row.format))]) print(line(format));
print('\ncaused by ↓, named →'.padEnd(25) + CLASSES.map((each) => classLabel(each).padStart(13)).join(''));
for (const expected of CLASSES.slice(0, 3)) print(confusion(expected));
if (flags.includes('--misses')) rows.filter((row) => !isRight(row) || isExcused(row)).forEach(printMiss);
if (flags.includes('--unsure')) rows.filter((row) => row.confidence < 0.7).forEach(printMiss);

function line(format: string): string {
  const own = rows.filter((row) => format === '' || row.format === format);
  const { count, right, excused, unknown, unsure } = scoreOf(own);
  const percent = (part: number) => `${((100 * part) / count).toFixed(1)} %`;
  return `${(format || 'all').padEnd(14)} ${count} failures, ${percent(right)} right, ${excused} defects excused, ${percent(unknown)} unknown, ${percent(unsure)} below 0.7`;
}

function confusion(expected: string): string {
  const own = rows.filter((row) => classOf(row.expected) === expected);
  const counts = CLASSES.map((found) => own.filter((row) => classOf(row.found) === found).length);
  return classLabel(expected).padEnd(24) + counts.map((count) => String(count).padStart(13)).join('');
}

function printMiss({ source, name, format, expected, found, confidence, evidence }: Scored): void {
  print(
    `${isExcused({ source, name, format, expected, found, confidence, evidence }) ? '!' : ' '} ${format.padEnd(12)} ${source} · ${name}: ${expected}, named ${found} ${confidence} · ${evidence.slice(0, 160)}`,
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
