import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledPolicy } from '../policy/policy.cjs';
import type { Policy, TestContext } from '../types.cjs';

/** The test, policy and origin that a chain of asynchronous work runs under. */
export interface AsyncContext {
  test: TestContext | undefined;
  policy: CompiledPolicy | undefined;
  /** The stack of the user's call, where Node acts on it later. */
  origin?: Error | undefined;
}

// Kept from before any test: one that replaced it could give itself a policy.
const { getStore } = AsyncLocalStorage.prototype;

/** The test that code runs for, and the policy in force. */
export class Context {
  readonly #storage = Object.assign(new AsyncLocalStorage<AsyncContext>(), {
    getStore,
  }) as AsyncLocalStorage<AsyncContext>;
  #base = new CompiledPolicy({});
  #file: string | undefined;
  #filePolicy: CompiledPolicy | undefined;
  #inherited: TestContext | undefined;
  /** The tests that run now. */
  readonly #running = new Set<TestContext>();

  /** The policy in force: the innermost of block, test, file and project. */
  get policy(): CompiledPolicy {
    return this.#storage.getStore()?.policy ?? this.#filePolicy ?? this.#base;
  }

  /** The test that the running code belongs to; where that is lost, the one that runs alone. */
  get test(): TestContext | undefined {
    return this.#storage.getStore()?.test ?? this.#inherited ?? this.#alone;
  }

  get #alone(): TestContext | undefined {
    return this.#running.size === 1 ? this.#running.values().next().value : undefined;
  }

  /** The file that is blamed when no test is known. */
  get file(): string | undefined {
    return this.test?.file ?? this.#file;
  }

  get origin(): Error | undefined {
    return this.#storage.getStore()?.origin;
  }

  /** The context of the running code, to be kept for work that Node does later. */
  get current(): AsyncContext {
    return this.#storage.getStore() ?? { test: undefined, policy: undefined };
  }

  setBase(policy: Policy): void {
    this.#base = new CompiledPolicy(policy);
  }

  /** Names the file to blame. A process that does so is a test runner itself and no longer acts for its parent's test. */
  setFile(file: string | undefined, policy: Policy | undefined): void {
    this.#inherited = undefined;
    this.#file = file;
    this.#filePolicy = policy && new CompiledPolicy(policy);
  }

  /** Makes a process or thread act for the test that started it. */
  inherit(test: TestContext | undefined): void {
    this.#inherited = test;
  }

  runInTest<T>(test: TestContext, run: () => T): T {
    const policy = test.policy && new CompiledPolicy(test.policy);
    this.#running.add(test);
    return whenSettled(
      () => this.#storage.run({ test, policy }, run),
      () => this.#running.delete(test),
    );
  }

  runWithPolicy<T>(policy: Policy, run: () => T): T {
    const compiled = new CompiledPolicy({ ...this.policy.source, ...policy });
    return this.#storage.run({ test: this.test, policy: compiled }, run);
  }

  /** Runs under a policy that takes nothing from the one in force. */
  runWithPolicyOnly<T>(policy: Policy, run: () => T): T {
    return this.#storage.run({ test: this.test, policy: new CompiledPolicy(policy) }, run);
  }

  /** Runs a function in a context that was kept. */
  runIn<T>(kept: AsyncContext, run: () => T): T {
    return this.#storage.run(kept, run);
  }

  runWithOrigin<T>(origin: Error, run: () => T): T {
    return this.#storage.run(
      { test: undefined, policy: undefined, ...this.#storage.getStore(), origin },
      run,
    );
  }
}

// The promise itself is returned, because a caller may compare it or rely on its kind.
function whenSettled<T>(run: () => T, settled: () => void): T {
  let result: T;
  try {
    result = run();
  } catch (error) {
    settled();
    throw error;
  }
  if (result instanceof Promise) result.then(settled, settled);
  else settled();
  return result;
}
