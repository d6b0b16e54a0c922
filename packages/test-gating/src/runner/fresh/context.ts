import type { FreshPart } from '@drydock/services';
import type { FreshSettings } from '../../gate/policy.js';

/** A worker's parts of servers, until their file has ended. */
export interface FreshContext extends FreshSettings {
  readonly parts: FreshPart[];
}

// The runner and the tests may have loaded this module each for itself.
const KEY = Symbol.for('drydock.fresh');
type Holder = { [KEY]?: FreshContext | undefined };

/** Sets what `fresh` works with in this worker; undefined where no server is to be reached. */
export function setFreshContext(settings: FreshSettings | undefined): void {
  (globalThis as Holder)[KEY] = settings && { ...settings, parts: [] };
}

/** What `fresh` works with in this worker. */
export function freshContext(): FreshContext | undefined {
  return (globalThis as Holder)[KEY];
}

/** Removes the parts that the tests of a file took; what fails is left to the end of the run. */
export async function removeParts(): Promise<void> {
  const parts = freshContext()?.parts.splice(0) ?? [];
  await Promise.allSettled(parts.map((part) => part.remove()));
}
