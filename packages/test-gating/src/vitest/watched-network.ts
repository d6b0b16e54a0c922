import type { Attempt } from '@drydock/network-guard';
import type { TestCase, TestModule } from 'vitest/node';
import { scopeOf } from '../gate/grants.js';
import { type GatePolicy, networkOf, noteOf } from '../gate/policy.js';

/**
 * What the guard knows of a run's use of the network. Where it lets nothing out and saw no try, an error that speaks of a
 * network was made by a mock, by a server of the test's own or by the code itself.
 */
export class WatchedNetwork {
  readonly #policy: GatePolicy;
  readonly #attempts: readonly Attempt[];

  constructor(policy: GatePolicy, attempts: readonly Attempt[]) {
    this.#policy = policy;
    this.#attempts = attempts;
  }

  /** Whether a test tried nothing, nor did its file around it. */
  isUntriedBy(test: TestCase): boolean {
    const { moduleId } = test.module;
    return (
      this.#isSealed(test) &&
      !this.#attempts.some(
        (attempt) => attempt.test === test.id || (attempt.test === undefined && isOf(attempt, moduleId)),
      )
    );
  }

  /** Whether nothing in these files tried anything. */
  isUntriedIn(modules: readonly TestModule[]): boolean {
    return modules.every(
      (module) =>
        [...module.children.allTests()].every((test) => this.#isSealed(test)) &&
        !this.#attempts.some((attempt) => isOf(attempt, module.moduleId)),
    );
  }

  /** Whether the guard lets nothing out for a test: no program, no exception; servers of the run's own are no way out. */
  #isSealed(test: TestCase): boolean {
    const { guard, registry } = this.#policy;
    if (!guard || guard.allow.length > 0 || guard.programs.length > 0) return false;
    const { allow = [] } = networkOf(test.meta());
    const scope = scopeOf(noteOf(test.meta())?.markers ?? [], registry);
    return scope === 'none' && allow.length === 0;
  }
}

function isOf({ file }: Attempt, moduleId: string): boolean {
  return file === undefined || file === moduleId;
}
