import { relative } from 'node:path';
import { type Cause, type Report, sharedCauses, type TriagedFailure } from '@drydock/triage';
import colors from 'picocolors';
import { kindOf } from '../../report/outcome.js';
import { oneLine } from '../../report/printable.js';

const SHOWN = 50;
/** Tests shown of one cause. */
const TESTS = 10;

/** The causes of failures for people, with the tests under each. */
export function asText(failures: readonly TriagedFailure[], reports: readonly Report[]): string {
  const names = reports.map(({ name, format }) => `${oneLine(relative('.', name) || name)} (${format})`);
  const tests = reports.reduce((sum, { tests: ids, passed = 0 }) => sum + ids.length + passed, 0);
  const lines = [` ${colors.bold('drydock triage')}  ${names.join(', ') || 'no report'}`];
  if (failures.length === 0) lines.push(` no failure among ${tests} tests${omissionHint(reports)}`);
  else lines.push('', ...causes(failures));
  return `${lines.join('\n')}\n`;
}

/** How sure a verdict is, in a word. */
export function confidenceWord(confidence: number): string {
  if (confidence >= 0.9) return 'certain';
  return confidence >= 0.7 ? 'likely' : 'unsure, counts as unknown';
}

/** A hint where the format of a report leaves out errors that came outside of tests. */
function omissionHint(reports: readonly Report[]): string {
  return reports.some(({ format }) => format === 'vitest-json')
    ? '; a JSON report keeps no error that came outside of them'
    : '';
}

function causes(failures: readonly TriagedFailure[]): string[] {
  const groups = sharedCauses(failures, (failure) => failure);
  const count = `${failures.length} ${failures.length === 1 ? 'failure' : 'failures'}`;
  const heading = ` ${count}, ${groups.length === 1 ? 'one cause' : `${groups.length} causes`}`;
  const rest = groups.length > SHOWN ? [` … and ${groups.length - SHOWN} more; --json prints all`] : [];
  return [heading, ...groups.slice(0, SHOWN).flatMap(told), ...rest];
}

function told(cause: Cause<TriagedFailure>): string[] {
  const { failures } = cause;
  const title = kindOf(cause);
  const times = failures.length > 1 ? `${failures.length} × ` : '';
  const least = Math.min(...failures.map(({ confidence }) => confidence));
  const label = (word: string) => `   ${word.padEnd(title.length)}   `;
  return [
    '',
    `   ${title}   ${times}${cause.evidence}`,
    `${label('remedy')}${cause.remedy}`,
    `${label('confidence')}${least.toFixed(2)}, ${confidenceWord(least)}`,
    ...failures
      .slice(0, TESTS)
      .map(({ test, place }) => `     ${oneLine(test)}${place ? `  ${oneLine(place)}` : ''}`),
    ...(failures.length > TESTS ? [`     … and ${failures.length - TESTS} more`] : []),
  ];
}
