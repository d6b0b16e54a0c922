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

type Errors = readonly SerializedError[];

/** Converts Vitest's results to the tests of a ledger: each test, and each failure of a file, a hook or the run outside one. */
export function testsFromVitest(
  modules: readonly TestModule[],
  loose: Errors,
  session: Session,
  network: WatchedNetwork,
  providers?: ReadonlySet<string>,
): LedgerTest[] {
  const untried = network.isUntriedIn(modules);
  return [
    ...modules.flatMap((module) => testsOfModule(module, session, network, providers)),
    ...loose.map((error) => outsideTest(session, '', '(outside any test)', [error], untried)),
  ];
}

function testsOfModule(
  module: TestModule,
  session: Session,
  network: WatchedNetwork,
  providers: ReadonlySet<string> | undefined,
): LedgerTest[] {
  const file = relative(session.project.workspaceRoot, module.moduleId).split(sep).join('/');
  const tests = [...module.children.allTests()].map((test) =>
    testRecord(test, file, session, network, providers),
  );
  const untried = network.isUntriedIn([module]);
  const hooks = [...module.children.allSuites()]
    .filter((suite) => suite.errors().length > 0)
    .map((suite) => outsideTest(session, file, `${suite.fullName} (hook)`, suite.errors(), untried));
  const fileErrors = module.errors();
  const load = fileErrors.length === 0 ? [] : [outsideTest(session, file, '(file)', fileErrors, untried)];
  return [...tests, ...hooks, ...load];
}

function testRecord(
  test: TestCase,
  file: string,
  session: Session,
  network: WatchedNetwork,
  providers: ReadonlySet<string> | undefined,
): LedgerTest {
  const note = noteOf(test.meta());
  const result = test.result();
  const status = statusOf(test);
  const reason = note?.reason ?? (result.state === 'skipped' ? skipReason(test, result.note) : undefined);
  const failed = status === 'failed';
  const { triage } = session;
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
          failure: failureOf(result.errors ?? [], {
            test: test.fullName,
            file,
            backend,
            triage,
            untried: network.isUntriedBy(test),
          }),
        }
      : {}),
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
  { project, triage }: Session,
  file: string,
  name: string,
  errors: Errors,
  untried: boolean,
): LedgerTest {
  return outsideFailure(
    { project: project.name, file, name },
    failureOf(errors, { test: name, file, triage, untried }),
  );
}
