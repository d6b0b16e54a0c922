import type { Attempt } from '../calls/attempt.js';
import type { Call } from '../calls/call.js';
import type { Fault, FaultKind } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { ItemFailure } from '../errors/storage-error.js';

/** Kinds of fault that concern the connection or the whole call, so that later chunks would fail as well. */
const ENDS_BATCH: ReadonlySet<FaultKind> = new Set(['connection', 'timeout', 'aborted']);

/** How much fits into one request. */
export interface BatchLimits {
  /** Most records or ids in one request. */
  readonly maxItems: number;
  /** Most encoded bytes in one request; a record larger than that travels alone. */
  readonly maxBytes: number;
}

/** A record or an id on its way into a chunk. */
export interface BatchItem {
  readonly id: string;
  readonly bytes: number;
}

/** Cuts items into chunks by number and by size; an item that is too large for any chunk gets one of its own. */
export function chunk<T extends BatchItem>(items: readonly T[], { maxItems, maxBytes }: BatchLimits): T[][] {
  const chunks: T[][] = [];
  let current: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const full = current.length >= maxItems || bytes + item.bytes > maxBytes;
    if (current.length > 0 && full) {
      chunks.push(current);
      current = [];
      bytes = 0;
    }
    current.push(item);
    bytes += item.bytes;
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}

/**
 * Sends items in chunks, one after the other, and returns the faults by id. A chunk that the server refuses does not stop
 * the others; a fault of the connection or of the call ends the batch, and the rest is not sent.
 */
export async function inChunks<T extends BatchItem>(
  items: readonly T[],
  limits: BatchLimits,
  send: (chunk: readonly T[]) => Promise<ReadonlyMap<string, Fault>>,
): Promise<Map<string, Fault>> {
  const faults = new Map<string, Fault>();
  let ended: Fault | undefined;
  for (const part of chunk(items, limits)) {
    if (ended) {
      for (const { id } of part) faults.set(id, { ...ended, outcome: 'not_sent' });
      continue;
    }
    const failed = await send(part).catch(
      ({ fault }: FaultError) => new Map(part.map(({ id }) => [id, fault])),
    );
    for (const [id, fault] of failed) faults.set(id, fault);
    ended = [...failed.values()].find((fault) => ENDS_BATCH.has(fault.kind));
  }
  return faults;
}

/** Sends one chunk of a write; when only some records of it failed, only those are sent again. */
export async function sendRemaining<T extends BatchItem>(
  call: Call,
  items: readonly T[],
  send: (items: readonly T[], attempt: Attempt) => Promise<ReadonlyMap<string, Fault>>,
): Promise<ReadonlyMap<string, Fault>> {
  const faults = new Map<string, Fault>();
  let remaining = items;
  const attempt = async (current: Attempt) => {
    const failed = await send(remaining, current);
    // The call has ended meanwhile, and its caller has that error.
    if (current.aborted) return;
    for (const { id } of remaining) faults.delete(id);
    for (const [id, fault] of failed) faults.set(id, fault);
    remaining = remaining.filter(({ id }) => failed.get(id)?.retriable);
    const first = remaining[0] && failed.get(remaining[0].id);
    if (first) throw new FaultError(first);
  };
  await call.request(attempt, { idempotent: true }).catch((error: FaultError) => {
    for (const { id } of remaining) faults.set(id, error.fault);
  });
  return faults;
}

/** What failed of a batch: by index before anything was sent, by id afterwards. */
export interface BatchFaults {
  readonly byIndex: ReadonlyMap<number, Fault>;
  readonly byId: ReadonlyMap<string, Fault>;
}

/** The fault of a whole batch, which names each failed item by its index; undefined when none failed. */
export function batchFault(ids: readonly string[], { byIndex, byId }: BatchFaults): FaultError | undefined {
  const faults = ids.map((id, index) => byIndex.get(index) ?? byId.get(id));
  const failures = faults.flatMap((fault, index) =>
    fault ? [itemFailure(ids[index] ?? '', index, fault)] : [],
  );
  const failed = faults.filter((fault) => fault !== undefined);
  const worst = failed.find((fault) => ENDS_BATCH.has(fault.kind)) ?? failed[0];
  if (!worst) return undefined;
  const outcome = failed.some((fault) => fault.outcome === 'unknown') ? 'unknown' : worst.outcome;
  const retriable = failed.every((fault) => fault.retriable);
  return new FaultError({ ...worst, outcome, retriable }, failures);
}

function itemFailure(id: string, index: number, fault: Fault): ItemFailure {
  const { kind, retriable, outcome, code } = fault;
  return { index, id, kind, retriable, outcome, ...(code !== undefined && { code }) };
}
