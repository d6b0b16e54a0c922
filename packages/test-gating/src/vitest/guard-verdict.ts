import { relative, sep } from 'node:path';
import { type Attempt, formatAttempt } from '@drydock/network-guard';
import type { ProjectInfo } from '@drydock/workspace';
import type { TestModule } from 'vitest/node';
import { proofOf } from '../gate/policy.js';
import { detectNetworkNamespace } from '../guard/network-namespace.js';
import { outsideFailure } from '../ledger/outside-failure.js';
import type { BlockedAttempt, LedgerGuard, LedgerTest } from '../ledger/schema.js';

/** Verdict on the guard of a run, by its workers' proofs and the attempts that they noted. */
export interface GuardVerdict {
  readonly guard: LedgerGuard;
  /** Failures that no test shows: workers without a guard, attempts made after their test had been reported. */
  readonly failures: readonly LedgerTest[];
}

/** Checks that each file has a proof and that each proof says the guard was active. */
export function judgeGuard(
  modules: readonly TestModule[],
  attempts: readonly Attempt[],
  project: ProjectInfo,
): GuardVerdict {
  const proofs = modules.filter(runsCode).map((module) => ({
    file: pathIn(project, module.moduleId),
    proof: proofOf(module.meta()),
  }));
  const workers = new Set(proofs.map(({ file, proof }) => proof?.worker ?? `none:${file}`));
  const broken = proofs.filter(({ proof }) => !proof?.active);
  const namespace = detectNetworkNamespace();
  const inactive = new Set(broken.map(({ file, proof }) => proof?.worker ?? `none:${file}`));
  return {
    guard: {
      workers: workers.size,
      active: workers.size - inactive.size,
      blocked: attempts.map((attempt) => blockedAttempt(attempt, project)),
      ...(namespace && { wall: namespace }),
    },
    failures: [
      ...broken.map(({ file, proof }) => brokenGuard(file, project.name, proof?.missing)),
      ...attempts
        .filter((attempt) => !isReported(attempt, modules))
        .map((attempt) => lateAttempt(attempt, project)),
    ],
  };
}

/** Whether a failed test or file already reports an attempt. */
function isReported({ test, file }: Attempt, modules: readonly TestModule[]): boolean {
  return modules.some((module) => {
    if (test === undefined) return module.moduleId === file && module.state() === 'failed';
    return [...module.children.allTests()].some(
      (each) => each.id === test && each.result().state === 'failed',
    );
  });
}

/** Failure for an attempt made after its test or file was reported, or by a process that outlived it. */
export function lateAttempt(attempt: Attempt, project: ProjectInfo): LedgerTest {
  const name = `${attempt.testName ?? '(file)'} (after it had ended)`;
  const file = attempt.file === undefined ? '' : pathIn(project, attempt.file);
  return {
    id: `${file}::${name}`,
    project: project.name,
    file,
    name,
    markers: [],
    status: 'failed',
    durationMs: 0,
    failure: {
      class: 'harness',
      subclass: 'unawaited-work',
      confidence: 0.99,
      code: 'ERR_DRYDOCK_BLOCKED',
      evidence: formatAttempt(attempt).split('\n')[0] ?? '',
      remedy: 'Wait in the test for everything that it starts, and close what it opens.',
      detail: formatAttempt(attempt),
    },
  };
}

function blockedAttempt(attempt: Attempt, project: ProjectInfo): BlockedAttempt {
  const { testName, file, protocol, host, port, frame } = attempt;
  const test = [...(file === undefined ? [] : [pathIn(project, file)]), ...(testName ? [testName] : [])].join(
    '::',
  );
  return { ...(test && { test }), protocol, host, ...(port !== undefined && { port }), stack: frame ?? '' };
}

/** Types are checked by the compiler, in no worker. */
function runsCode(module: TestModule): boolean {
  return !(module.meta() as { typecheck?: boolean }).typecheck;
}

/** Path of a file in the ledger: relative to the workspace root, with `/`. */
function pathIn({ workspaceRoot }: ProjectInfo, path: string): string {
  return relative(workspaceRoot, path).split(sep).join('/');
}

function brokenGuard(file: string, project: string, missing: readonly string[] | undefined): LedgerTest {
  const evidence = missing
    ? `The guard did not hold in this worker: ${missing.join(', ')}.`
    : 'No worker reported for this file that its guard was active.';
  return outsideFailure(
    { project, file, name: '(guard)' },
    {
      class: 'harness',
      subclass: 'guard-inactive',
      confidence: 0.99,
      code: 'ERR_DRYDOCK_GUARD',
      evidence,
      remedy: missing
        ? 'Find what replaces Node’s own functions in this file, and use withPolicy or a mocking library instead.'
        : 'Find out why the worker died or ran without drydock().',
    },
  );
}
