import { relative, sep } from 'node:path';
import type { SerializedError } from 'vitest';
import type { TestCase, TestModule, TestSuite } from 'vitest/node';
import { noteOf } from '../../gate/policy.js';
import { failureOf } from '../../ledger/failure.js';
import { outsideFailure } from '../../ledger/outside-failure.js';
import type { LedgerTest, TestStatus } from '../../ledger/schema.js';
import { backendOf } from '../backend.js';
import type { Session } from '../session.js';
import type { WatchedNetwork } from '../watched-network.js';
import type { SourceFrames } from './source-frame.js';

type Errors = readonly SerializedError[];

/** What the results of a run are read with. */
export interface ResultContext {
  readonly session: Session;
  readonly network: WatchedNetwork;
  readonly frames: SourceFrames;
  /** What a test printed, by Vitest's id. */
  readonly outputOf: (testId: string) => string | undefined;
  /** Names among the needs that are providers. */
  readonly providers: ReadonlySet<string> | undefined;
}

/** Converts Vitest's results to the tests of a ledger: each test, and each failure of a file, a hook or the run outside one. */
export function testsFromVitest(
  modules: readonly TestModule[],
  loose: Errors,
  context: ResultContext,
): LedgerTest[] {
  const untried = context.network.isUntriedIn(modules);
  return [
    ...modules.flatMap((module) => testsOfModule(module, context)),
    ...loose.map((error) => outsideTest(context, undefined, '(outside any test)', [error], untried)),
  ];
}

function testsOfModule(module: TestModule, context: ResultContext): LedgerTest[] {
  const file = pathOf(module, context.session);
  const tests = [...module.children.allTests()].map((test) => testRecord(test, file, context));
  const untried = context.network.isUntriedIn([module]);
  const hooks = [...module.children.allSuites()]
    .filter((suite) => suite.errors().length > 0)
    .map((suite) => outsideTest(context, module, `${suite.fullName} (hook)`, suite.errors(), untried));
  const fileErrors = module.errors();
  const load = fileErrors.length === 0 ? [] : [outsideTest(context, module, '(file)', fileErrors, untried)];
  return [...tests, ...hooks, ...load];
}

/** Path of a test file in the ledger. */
function pathOf({ moduleId }: TestModule, { project }: Session): string {
  return relative(project.workspaceRoot, moduleId).split(sep).join('/');
}

function testRecord(test: TestCase, file: string, context: ResultContext): LedgerTest {
  const { session, network, providers, frames } = context;
  const note = noteOf(test.meta());
  const result = test.result();
  const status = statusOf(test);
  const reason = note?.reason ?? (result.state === 'skipped' ? skipReason(test, result.note) : undefined);
  const failed = status === 'failed';
  const { triage } = session;
  const errors = result.errors ?? [];
  const output = failed ? context.outputOf(test.id) : undefined;
  const backend = backendOf(note?.markers ?? [], test.tags, session, providers);
  return {
    id: `${file}::${test.fullName}`,
    project: session.project.name,
    file,
    name: test.fullName,
    markers: note?.markers ?? [],
    status,
    durationMs: Math.round(test.diagnostic()?.duration ?? 0),
    ...startOf(test),
    ...attemptsOf(test),
    ...(reason === undefined || status === 'passed' || failed ? {} : { reason }),
    ...(backend === undefined ? {} : { backend }),
    ...(note?.missing === undefined ? {} : { missing: note.missing }),
    ...(failed
      ? {
          failure: {
            ...failureOf(errors, {
              test: test.fullName,
              file,
              backend,
              triage,
              untried: network.isUntriedBy(test),
            }),
            ...frames.placesOf(errors, test.module.moduleId, test.fullName),
          },
        }
      : {}),
    ...(output !== undefined && { output }),
  };
}

function startOf(test: TestCase): { startMs?: number } {
  const startMs = test.diagnostic()?.startTime;
  return startMs ? { startMs: Math.round(startMs) } : {};
}

/** What a test that ran more than once came to before; its errors are those of the failed attempts. */
function attemptsOf(test: TestCase): Pick<LedgerTest, 'attempts' | 'flaky' | 'reason'> {
  const { retryCount = 0, flaky = false } = test.diagnostic() ?? {};
  if (retryCount === 0) return {};
  const attempts = retryCount + 1;
  // One that is meant to fail did so in every attempt.
  if (!flaky || test.options.fails) return { attempts };
  const [{ message = 'no message' } = {}] = test.result().errors ?? [];
  return { attempts, flaky, reason: `passed at attempt ${attempts}, before: ${message.split('\n')[0]}` };
}

function statusOf(test: TestCase): TestStatus {
  const { fate } = noteOf(test.meta()) ?? {};
  const result = test.result();
  const { state } = result;
  // A gated test that ran all the same keeps its result, so that the ledger never hides a fault of the gate.
  if (state === 'passed' || state === 'failed') return state;
  if (fate === 'gated' || fate === 'unavailable') return fate;
  if (result.state === 'pending') return 'failed';
  return UNAVAILABLE.test(result.note ?? '') ? 'unavailable' : 'skipped';
}

/** How a test says that what it lacks is a program or a server: `context.skip('unavailable: no redis-server')`. */
const UNAVAILABLE = /^unavailable: /;

function skipReason(test: TestCase, note: string | undefined): string {
  if (note !== undefined) return note.replace(UNAVAILABLE, '');
  if (test.options.mode === 'todo') return 'todo';
  return suiteFailed(test.parent) ? 'a hook before it failed' : 'skipped by its author';
}

function suiteFailed(parent: TestModule | TestSuite): boolean {
  if (parent.errors().length > 0) return true;
  return parent.type === 'suite' && suiteFailed(parent.parent);
}

function outsideTest(
  { session, frames }: ResultContext,
  module: TestModule | undefined,
  name: string,
  errors: Errors,
  untried: boolean,
): LedgerTest {
  const { project, triage } = session;
  const file = module ? pathOf(module, session) : '';
  const failure = failureOf(errors, { test: name, file, triage, untried });
  return outsideFailure(
    { project: project.name, file, name },
    { ...failure, ...frames.placesOf(errors, module?.moduleId) },
  );
}
