import type { Fault } from '../errors/fault.js';
import { notMigrated } from './refusals.js';

/** How one backend that speaks HTTP looks at the collection of an adapter, and changes it. */
export interface CollectionSteps<Found, Part> {
  /** The collection as it is; rejects with an answer of status 404 where there is none. */
  look(): Promise<Found>;
  /** Creates the collection; rejects with an answer of status 409 where somebody else was faster. */
  create(): Promise<unknown>;
  /** The parts that are declared and not there; throws for one that is there and not as declared. */
  missing(found: Found): readonly Part[];
  /** Creates these parts. */
  add(missing: readonly Part[]): Promise<unknown>;
  /** Translates an error of the client. */
  fault(error: unknown, sent: boolean): Fault;
}

/**
 * Checks that a collection is as declared and creates what is missing, if `migrate` says so; several processes may at once.
 *
 * Looks first, so that a key that may only read the schema can use what is there. `parts` names what may be missing.
 */
export async function ensureCollection<Found, Part>(
  steps: CollectionSteps<Found, Part>,
  { migrate, parts }: { readonly migrate: boolean; readonly parts: string },
): Promise<void> {
  const unless = (code: string) => (error: unknown) => {
    if (steps.fault(error, true).code !== code) throw error;
    return undefined;
  };
  let found = await steps.look().catch(unless('HTTP_404'));
  if (!found && migrate) {
    await steps.create().catch(unless('HTTP_409'));
    // What somebody else made is checked like any other.
    found = await steps.look().catch(unless('HTTP_404'));
  }
  if (!found) throw notMigrated(parts);
  const missing = steps.missing(found);
  if (missing.length === 0) return;
  if (!migrate) throw notMigrated(parts);
  await steps.add(missing);
}
