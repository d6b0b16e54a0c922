import type { StorageQuery, StorageRecord } from '../records/record.js';
import type { CaseOptions } from './framework/index.js';
import type { ConformanceOptions } from './options.js';
import { type ConformanceCase, ConformanceSuite } from './run/conformance-suite.js';
import type { ConformanceReport } from './run/report.js';

/** What the cases need of a test framework: Vitest has it, and so has `node:test`. */
export interface TestFramework {
  describe(name: string, body: () => void): unknown;
  test(name: string, options: CaseOptions, body: (context: TestContext) => Promise<void>): unknown;
  beforeAll?(body: () => Promise<void>): unknown;
  afterAll?(body: () => Promise<void>): unknown;
  /** `beforeAll`, as `node:test` calls it. */
  before?(body: () => Promise<void>): unknown;
  /** `afterAll`, as `node:test` calls it. */
  after?(body: () => Promise<void>): unknown;
}

/** What a framework gives to each case. */
export interface TestContext {
  /** Shows the case as skipped. */
  skip(reason?: string): unknown;
}

/** Registers the cases that every backend passes, offline and live alike, with a test framework such as the module `vitest` or `node:test`. */
export function storageConformance<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: ConformanceOptions<R, Q, Item>,
  framework: TestFramework,
): void {
  const { describe, beforeAll = framework.before, afterAll = framework.after } = framework;
  const suite = new ConformanceSuite(options);
  describe(`storage conformance: ${options.name}`, () => {
    beforeAll?.(() => suite.begin());
    afterAll?.(() => suite.end());
    register(suite.cases, 0, framework);
  });
}

/** Runs the cases by themselves, one after the other, and reports what holds; rejects where the server does not answer at all. */
export async function runConformance<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: ConformanceOptions<R, Q, Item>,
): Promise<ConformanceReport> {
  const suite = new ConformanceSuite(options);
  try {
    await suite.begin();
    // The report has the reason.
    for (const one of suite.cases) await one.run().catch(() => {});
  } finally {
    await suite.end();
  }
  return suite.report();
}

/** Registers cases that follow each other in one group in that group. */
function register(cases: readonly ConformanceCase[], depth: number, framework: TestFramework): void {
  let rest = cases;
  while (rest[0]) {
    const [first] = rest;
    const group = first.path[depth];
    const end = rest.findIndex(({ path }) => path[depth] !== group);
    const own = end === -1 ? rest : rest.slice(0, end);
    rest = rest.slice(own.length);
    if (group === undefined) for (const one of own) registerCase(one, framework);
    else framework.describe(group, () => register(own, depth + 1, framework));
  }
}

function registerCase({ name, options, run }: ConformanceCase, framework: TestFramework): void {
  framework.test(name, options, async (context) => {
    const unmet = await run();
    if (unmet !== undefined) context.skip(unmet);
  });
}
