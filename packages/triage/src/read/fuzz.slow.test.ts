import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REAL } from './formats/real-reports.fixture.js';
import { readLargeReport } from './large/read-large.js';
import { readReport } from './read-report.js';
import { ReportError } from './report.js';
import { VITEST_JSON, VITEST_JUNIT } from './reports.fixture.js';
import { triage } from './triage.js';

/** CI makes few, and a change of a reader is tried with `FUZZ_RUNS=100000`. */
const RUNS = Number(process.env.FUZZ_RUNS) || 3_000;
const seed = Number(process.env.FUZZ_SEED) || Date.now() % 2 ** 31;
const TEXTS = [VITEST_JSON, VITEST_JUNIT, ...Object.values(REAL)].map((text) => text.slice(0, 3_000));

/** A real report with a part cut out, doubled, moved or overwritten. */
const damaged = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.nat(3_000),
    fc.nat(400),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('', '<', '"', '}', ']]>', '\\u', '\0', '&#0;'),
    ),
  )
  .map(([text, at, length, put]) => `${text.slice(0, at)}${put}${text.slice(at + length)}`);
const invented = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json({ maxDepth: 4 }).map((json) => `{"testResults":[${json}]}`),
  fc.json({ maxDepth: 4 }).map((json) => `{"config":{},"suites":[${json}]}`),
  fc.string({ maxLength: 100 }).map((text) => `FAIL a.test.ts\n  ● a\n\n${text}\n##[error]${text}`),
);

test(`${RUNS} damaged reports crash nothing (seed ${seed}; FUZZ_SEED=${seed} repeats them)`, () => {
  fc.assert(
    fc.property(fc.oneof(damaged, invented), fc.integer({ min: 1, max: 700 }), (text, size) => {
      const bytes = Buffer.from(text);
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      for (const read of [
        () => readReport('x', text, { env: {} }),
        () => readLargeReport('x', parts, { env: {} }),
      ])
        try {
          triage([read()]);
        } catch (error) {
          expect(error, text).toBeInstanceOf(ReportError);
        }
    }),
    { numRuns: RUNS, seed },
  );
}, 1_800_000);
