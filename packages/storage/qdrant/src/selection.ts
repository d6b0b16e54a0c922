import { type Attempt, FaultError } from '@drydock/storage';
import { doubtful, faultOf, timeout } from '@drydock/storage/backend-kit';
import { EXPIRES_AT } from './codec.js';
import type { Connection } from './connection.js';
import { pointId } from './point-id.js';
import type { QdrantFilter } from './search/query.js';

/** What the calls about points that a filter selects work with. */
export interface SelectionContext {
  readonly connection: Connection;
  readonly collection: string;
  readonly wait: boolean;
}

const NOT_APPLIED = doubtful(timeout('the server did not apply the write in time; look at its load'));

/** The points whose lifetime has passed. */
export function expired(now: number): QdrantFilter {
  return { must: [{ key: EXPIRES_AT, range: { lte: now } }] };
}

/** How many points a filter finds, exactly. */
export async function countBy(
  filter: QdrantFilter,
  attempt: Attempt,
  { connection, collection }: SelectionContext,
): Promise<number> {
  const body = { collection_name: collection, filter, exact: true };
  const { count } = await connection.request(attempt, (api, settings) => api.countPoints(body, settings));
  return count;
}

/** Deletes what a filter finds; the server does not say how many, so that they are counted first. */
export async function deleteBy(
  filter: QdrantFilter,
  attempt: Attempt,
  context: SelectionContext,
): Promise<number> {
  const count = await countBy(filter, attempt, context);
  if (count === 0) return 0;
  const { connection, collection, wait } = context;
  const body = { collection_name: collection, wait, filter };
  settled(await connection.request(attempt, (api, settings) => api.deletePoints(body, settings)));
  return count;
}

/** Changes when a point ends. */
export async function setEnd(
  id: string,
  ttlMs: number | undefined,
  attempt: Attempt,
  { connection, collection, wait }: SelectionContext,
): Promise<void> {
  const target = { collection_name: collection, wait, points: [pointId(id)] };
  const result = await connection.request(attempt, (api, settings) =>
    ttlMs === undefined
      ? api.deletePayload({ ...target, keys: [EXPIRES_AT] }, settings)
      : api.setPayload({ ...target, payload: { [EXPIRES_AT]: Math.ceil(Date.now() + ttlMs) } }, settings),
  );
  settled(result);
}

/** Newer servers end a long wait with this status; the write goes on. */
export function settled({ status }: { readonly status: string }): void {
  if (status !== 'wait_timeout') return;
  throw new FaultError(faultOf(NOT_APPLIED, { sent: true, code: 'WAIT_TIMEOUT' }));
}
