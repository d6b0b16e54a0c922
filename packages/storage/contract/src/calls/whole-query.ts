import type { Backend } from '../backend.js';
import { chunk } from '../batches/batch.js';
import { invalid } from '../errors/fault-error.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { checkQuery } from '../records/validate.js';
import type { Call } from './call.js';

const PAGE = 1_000;

/** Counts what a query finds. */
export async function countOf<R extends StorageRecord, Q extends StorageQuery, Item, Encoded>(
  backend: Backend<R, Q, Item, Encoded>,
  query: Q,
  call: Call,
): Promise<number> {
  const whole = checkWhole(query, backend);
  const { count } = backend;
  const counted =
    count && (await call.request((attempt) => count.call(backend, whole, attempt), { idempotent: true }));
  if (counted !== undefined) return counted;
  let number = 0;
  for await (const items of pages(backend, whole, call)) number += items.length;
  return number;
}

/** Deletes what a query finds; lists everything first, since pages may count from the first record on. */
export async function deleteFound<R extends StorageRecord, Q extends StorageQuery, Item, Encoded>(
  backend: Backend<R, Q, Item, Encoded>,
  query: Q,
  call: Call,
): Promise<number> {
  const whole = checkWhole(query, backend);
  const once = { idempotent: false };
  const { deleteWhere } = backend;
  if (deleteWhere) return call.request((attempt) => deleteWhere.call(backend, whole, attempt), once);
  const ids = new Set<string>();
  for await (const items of pages(backend, whole, call))
    for (const item of items) ids.add((item as { readonly id: string }).id);
  let number = 0;
  for (const part of chunk(
    [...ids].map((id) => ({ id, bytes: Buffer.byteLength(id) })),
    backend.limits,
  )) {
    const some = part.map(({ id }) => id);
    number += (await call.request((attempt) => backend.delete(some, attempt), once)).size;
  }
  return number;
}

async function* pages<R extends StorageRecord, Q extends StorageQuery, Item, Encoded>(
  backend: Backend<R, Q, Item, Encoded>,
  query: Q & { readonly limit: number },
  call: Call,
): AsyncGenerator<readonly Item[]> {
  let cursor: string | undefined;
  do {
    const bounded = { ...query, ...(cursor !== undefined && { cursor }) };
    const page = await call.request((attempt) => backend.search(bounded, attempt), { idempotent: true });
    yield page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** A part of what a query finds cannot be meant here. */
function checkWhole<R extends StorageRecord, Q extends StorageQuery>(
  query: Q,
  backend: Pick<Backend<R, Q, unknown, unknown>, 'queryShape'>,
): Q & { readonly limit: number } {
  const bounded = checkQuery(query, backend.queryShape);
  for (const name of ['limit', 'cursor'] as const) {
    if (query[name] !== undefined)
      throw invalid(
        'query',
        'INVALID_QUERY',
        `\`${name}\` means nothing here: all that the query finds is meant`,
      );
  }
  return { ...bounded, limit: PAGE };
}
