import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledPolicy } from '../policy/policy.cjs';
import type { Policy, TestContext } from '../types.cjs';

/** What a stretch of asynchronous work belongs to. */
export interface Scene {
  test: TestContext | undefined;
  policy: CompiledPolicy | undefined;
  /** Where the user's code asked for something that Node does later. */
  origin?: Error | undefined;
}

// A test that replaces this would hand itself a policy.
const { getStore } = AsyncLocalStorage.prototype;

/** Knows for whom code runs and what it may do. */
export class Context {
  readonly #storage = Object.assign(new AsyncLocalStorage<Scene>(), { getStore }) as AsyncLocalStorage<Scene>;
  #base = new CompiledPolicy({});
  #file: string | undefined;
  #filePolicy: CompiledPolicy | undefined;
  #inherited: TestContext | undefined;

  /** What the running code may do: its own scope's, its test's, its file's or the project's policy. */
  get policy(): CompiledPolicy {
    return this.#storage.getStore()?.policy ?? this.#filePolicy ?? this.#base;
  }

  /** The test that the running code belongs to. */
  get test(): TestContext | undefined {
    return this.#storage.getStore()?.test ?? this.#inherited;
  }

  /** The file that is blamed when no test is known. */
  get file(): string | undefined {
    return this.test?.file ?? this.#file;
  }

  get origin(): Error | undefined {
    return this.#storage.getStore()?.origin;
  }

  /** What the running code belongs to, for work that is done later on behalf of it. */
  get scene(): Scene {
    return this.#storage.getStore() ?? { test: undefined, policy: undefined };
  }

  setBase(policy: Policy): void {
    this.#base = new CompiledPolicy(policy);
  }

  /** Makes a file the one to blame; a process that does so is a runner of its own and no longer acts for its parent's test. */
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
    return this.#storage.run({ test, policy }, run);
  }

  runWithPolicy<T>(policy: Policy, run: () => T): T {
    const compiled = new CompiledPolicy({ ...this.policy.source, ...policy });
    return this.#storage.run({ test: this.test, policy: compiled }, run);
  }

  /** Runs under a policy that takes nothing from the one in force. */
  runWithPolicyOnly<T>(policy: Policy, run: () => T): T {
    return this.#storage.run({ test: this.test, policy: new CompiledPolicy(policy) }, run);
  }

  /** Runs a function for a scene that was kept. */
  runIn<T>(scene: Scene, run: () => T): T {
    return this.#storage.run(scene, run);
  }

  runWithOrigin<T>(origin: Error, run: () => T): T {
    return this.#storage.run(
      { test: undefined, policy: undefined, ...this.#storage.getStore(), origin },
      run,
    );
  }
}
