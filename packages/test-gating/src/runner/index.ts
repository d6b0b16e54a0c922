import { readFileSync } from 'node:fs';
import { inject, type RunnerTestFile, TestRunner } from 'vitest';
import { applyGate, fileDecision } from '../gate/apply.js';
import type { GatePolicy, Unavailable } from '../gate/policy.js';
import { mentionsMarker, moduleTags } from '../markers/file-markers.js';
import { createRegistry } from '../markers/registry.js';
import { loadBaseRunner } from './base-runner.js';
import { registerStatically } from './register.js';
import { scrubWorker } from './scrub-worker.js';
import { explainUnknownTags } from './unknown-tags.js';

const Base = await loadBaseRunner(TestRunner);

/** Vitest's runner with the gate in front: gated files are not imported, gated tests and their hooks do not run. */
export default class DrydockRunner extends Base {
  readonly #policy: GatePolicy = inject('drydock') ?? offlinePolicy();
  readonly #unavailable: Unavailable[] = inject('drydockUnavailable') ?? [];

  constructor(config: ConstructorParameters<typeof TestRunner>[0]) {
    super(config);
    if (this.#policy.scrub) scrubWorker(this.#policy.scrub);
    if (!this.#policy.grants.unmarked) config.passWithNoTests = true;
    const setupFiles = config.setupFiles;
    before(this, 'onCollectStart', (file: RunnerTestFile) => {
      config.setupFiles = this.#runsNothing(file.filepath) ? [] : setupFiles;
    });
    before(this, 'onCollected', (files: RunnerTestFile[]) => {
      const known = config.tags.map(({ name }) => name);
      for (const file of files) {
        explainUnknownTags(file, known);
        applyGate(file, this.#policy, this.#unavailable);
      }
    });
  }

  override importFile(filepath: string, source: 'collect' | 'setup'): unknown {
    if (source !== 'collect' || !this.#runsNothing(filepath)) return super.importFile(filepath, source);
    if (this.#isOutsideLevel(filepath)) return undefined;
    return registerStatically(filepath, readFileSync(filepath, 'utf8'));
  }

  #runsNothing(filepath: string): boolean {
    const decision = fileDecision(filepath, moduleTags(readFileSync(filepath, 'utf8')), this.#policy);
    if (decision.kind === 'gated' || this.#isOutsideLevel(filepath)) return true;
    return decision.kind === 'run' && this.#isUnavailable(filepath);
  }

  #isOutsideLevel(filepath: string): boolean {
    const { grants, registry } = this.#policy;
    if (grants.unmarked) return false;
    return (
      !mentionsMarker(readFileSync(filepath, 'utf8'), registry) && !carriesMarker(filepath, this.#policy)
    );
  }

  #isUnavailable(filepath: string): boolean {
    return this.#unavailable.length > 0 && carriesMarker(filepath, this.#policy);
  }
}

function carriesMarker(filepath: string, policy: GatePolicy): boolean {
  const nothing = { ...policy, grants: { ...policy.grants, granted: [] } };
  return fileDecision(filepath, moduleTags(readFileSync(filepath, 'utf8')), nothing).kind === 'gated';
}

/**
 * Runs `action` before a runner's hook. Vitest replaces `onCollected` on the instance by a wrapper that reports the
 * tasks first and calls ours after, which is too late for the gate; hence an accessor that goes before the wrapper.
 */
function before<Value>(runner: object, hook: string, action: (value: Value) => void): void {
  type Hook = (value: Value) => unknown;
  let current = (runner as Record<string, Hook | undefined>)[hook];
  Object.defineProperty(runner, hook, {
    configurable: true,
    get: () => current,
    set: (wrapper: Hook) => {
      current = (value) => {
        action(value);
        return wrapper.call(runner, value);
      };
    },
  });
}

/** A worker that was given no policy is offline: the gate fails closed. */
function offlinePolicy(): GatePolicy {
  return { registry: createRegistry(), grants: { level: 'test', granted: [], unmarked: true } };
}
