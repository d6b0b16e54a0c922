import { sleep } from '@drydock/resilience';
import type { Backend } from '../backend.js';
import type { WriteCondition } from '../backend-extras.js';
import type { Preparer } from '../batches/prepare.js';
import { FaultError, invalid } from '../errors/fault-error.js';
import type { StorageQuery, StorageRecord, Stored } from '../records/record.js';
import type { Call } from './call.js';
import type { StoreOptions, WriteOptions } from './options.js';

/** Pauses between two rounds of an update that met a conflict: full jitter up to these milliseconds. */
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 250;

type AnyBackend<R extends StorageRecord, Encoded> = Backend<R, StorageQuery, unknown, Encoded>;

/** A record is changed by a patch, or by a function. */
export type Change<R extends StorageRecord> =
  | Partial<R>
  | ((record: Stored<R>) => R | undefined | Promise<R | undefined>);

/** Refuses what this backend has no means for. */
export function unsupported(backend: string, what: string): FaultError {
  return invalid(
    'query',
    'UNSUPPORTED',
    `${backend} cannot do this: ${what}; adapter.capabilities tells what it can`,
  );
}

/** The condition of a write, or undefined; refuses two at once. */
export function conditionOf({ ifAbsent, ifVersion }: WriteOptions = {}): WriteCondition | undefined {
  if (ifAbsent && ifVersion !== undefined)
    throw invalid('data', 'INVALID_OPTION', '`ifAbsent` and `ifVersion` exclude each other');
  if (ifAbsent) return { ifAbsent };
  return ifVersion === undefined ? undefined : { ifVersion, keepLifetime: false };
}

/** Stores one record if its condition holds; the answer of a second try would be about the first. */
export async function storeIf<R extends StorageRecord, Encoded>(
  backend: AnyBackend<R, Encoded>,
  record: Parameters<AnyBackend<R, Encoded>['storeIf'] & {}>[0],
  condition: WriteCondition,
  call: Call,
): Promise<boolean> {
  const name = 'ifAbsent' in condition ? 'ifAbsent' : 'ifVersion';
  if (!backend.storeIf || !backend.conditions?.[name]) throw unsupported(backend.name, `store with ${name}`);
  return call.request(async (attempt) => (await backend.storeIf?.(record, condition, attempt)) ?? false, {
    idempotent: false,
  });
}

/** The fault of a condition that does not hold. */
export function conflict(condition: WriteCondition): FaultError {
  const [code, detail] =
    'ifAbsent' in condition
      ? ['EXISTS', 'the record is there already']
      : ['VERSION', 'the record has changed or gone; retrieve it again, or use update'];
  return new FaultError({ kind: 'conflict', retriable: false, outcome: 'rejected', code, detail });
}

/** Reads, changes and stores until nobody was faster. */
export async function update<R extends StorageRecord, Encoded>(
  backend: AnyBackend<R, Encoded>,
  prepare: Preparer<R, Encoded>,
  { id, change, options }: { id: string; change: Change<R>; options: StoreOptions | undefined },
  call: Call,
): Promise<Stored<R> | null> {
  const { retrieveVersion } = backend;
  if (!retrieveVersion || !backend.conditions?.ifVersion) throw unsupported(backend.name, 'update');
  for (let round = 0; ; round += 1) {
    const found = await call.request((attempt) => retrieveVersion.call(backend, id, attempt), {
      idempotent: true,
    });
    if (!found) return null;
    const next = await changed(found.record, change);
    if (next === undefined) return found.record;
    const condition = { ifVersion: found.version, keepLifetime: options?.ttlMs === undefined };
    if (await storeIf(backend, prepare.record(next, options), condition, call)) return next;
    const { clock, random = Math.random } = call.context;
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round);
    await sleep(random() * longest, call.deadline, clock);
  }
}

async function changed<R extends StorageRecord>(
  record: Stored<R>,
  change: Change<R>,
): Promise<Stored<R> | undefined> {
  if (typeof change !== 'function' && (typeof change !== 'object' || change === null))
    throw invalid('data', 'INVALID_RECORD', 'update takes an object of properties, or a function');
  const { id } = record;
  const next = typeof change === 'function' ? await called(change, record) : { ...record, ...change };
  if (next === undefined) return undefined;
  if (typeof next === 'object' && next !== null && (next.id === undefined || next.id === id))
    return { ...next, id };
  throw invalid('data', 'INVALID_ID', 'an update gives back the record, under the same id');
}

async function called<R extends StorageRecord>(
  change: (record: Stored<R>) => R | undefined | Promise<R | undefined>,
  record: Stored<R>,
): Promise<R | undefined> {
  try {
    return await change(record);
  } catch {
    // Its text may hold a payload.
    throw invalid('data', 'UPDATE_THREW', 'the function given to update threw; nothing was stored');
  }
}
