import { type CorpusProject, single } from '../corpus-project.fixture.js';

/** Ends a watching Vitest, as the key q does, when its first run or the run after a change is over. */
const QUITS = (runs: number, change = '') => `
import { writeFileSync } from 'node:fs';
let runs = 0;
export default class {
  onInit(vitest) { this.vitest = vitest; }
  onTestRunEnd() {
    runs += 1;
    if (runs >= ${runs}) return void setTimeout(() => this.vitest.exit(true), 200);
    setTimeout(() => {${change}}, 300);
  }
}`;

function watched(name: string, witnesses: string, body: string, quits: string): CorpusProject {
  return single(name, witnesses, body, {
    command: 'watch',
    test: "reporters: ['default', './quits.js']",
    files: { 'quits.js': quits },
  });
}

const TO_FAILURE = `writeFileSync('a.test.js', "import { test } from 'vitest'; test('a', () => { throw new Error('later-fault') })")`;

/** Commands of Vitest beside `run`. */
export const otherCommands: readonly CorpusProject[] = [
  {
    ...watched(
      'watch-fails',
      'a failure while Vitest watches',
      `test('a', () => { throw new Error('watched-fault') })`,
      QUITS(1),
    ),
    prints: ['watched-fault'],
  },
  {
    ...watched(
      'watch-unhandled',
      'an unhandled error while Vitest watches',
      `test('a', async () => { Promise.reject(new Error('watched-loose')); await sleep(30) })`,
      QUITS(1),
    ),
    prints: ['watched-loose'],
  },
  watched('watch-passes', 'a pass while Vitest watches', `test('a', () => {})`, QUITS(1)),
  {
    ...watched(
      'watch-fails-after-a-change',
      'a failure that a change brings while Vitest watches',
      `test('a', () => {})`,
      QUITS(2, TO_FAILURE),
    ),
    prints: ['later-fault'],
  },
  {
    name: 'bench-throws',
    witnesses: 'a benchmark that throws',
    command: 'bench',
    files: {
      'a.bench.js': `import { bench } from 'vitest'; bench('a', () => { throw new Error('bench-fault') }, { time: 10, iterations: 1 })`,
    },
  },
  {
    name: 'bench-passes',
    witnesses: 'a benchmark that passes',
    command: 'bench',
    files: {
      'a.bench.js': `import { bench } from 'vitest'; bench('a', () => {}, { time: 10, iterations: 1, warmupTime: 1 })`,
    },
  },
  {
    name: 'bench-file-breaks',
    witnesses: 'a benchmark file that does not load',
    command: 'bench',
    files: { 'a.bench.js': `throw new Error('bench-load-fault')` },
    prints: ['bench-load-fault'],
  },
];
