import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import { type BatchFaults, type BatchLimits, batchFault, inChunks } from './batch.js';

/** Sends ids, each once, in chunks; throws what names those that failed, with what `records` says could be read. */
export async function eachChunk(
  ids: readonly string[],
  limits: BatchLimits,
  send: (part: readonly string[]) => Promise<ReadonlyMap<string, Fault>>,
  records?: () => readonly unknown[],
): Promise<void> {
  const items = [...new Set(ids)].map((id) => ({ id, bytes: Buffer.byteLength(id) }));
  const byId = await inChunks(items, limits, (part) => send(part.map(({ id }) => id)));
  throwIfAny(ids, { byIndex: new Map(), byId }, records);
}

/** Throws the fault of a batch, if any of it failed. */
export function throwIfAny(
  ids: readonly string[],
  faults: BatchFaults,
  records?: () => readonly unknown[],
): void {
  const error = batchFault(ids, faults);
  if (error) throw records ? new FaultError(error.fault, error.failures, undefined, records()) : error;
}
