import {
  type Attempt,
  decodeCursor,
  encodeCursor,
  FaultError,
  type SearchPage,
  type StorageQuery,
  type StorageRecord,
  type Stored,
} from '@drydock/storage';
import { foreignCursor, invalid, PAGE, readPage, type Shape } from '@drydock/storage/backend-kit';
import type { Codec } from '../codec.js';
import type { Command, Connection } from '../connection.js';
import { removeFromGroup } from '../groups.js';
import type { Keys } from '../keys.js';
import { PLACES_AFTER } from '../scripts.js';

/** What can be searched: one group, newest first. */
export interface RedisQuery extends StorageQuery {
  /** Group whose records are wanted, as the `group` function names it. */
  readonly group: string;
}

/** What a query may hold. */
export function queryShape(): Shape<RedisQuery> {
  return QUERY;
}

const QUERY: Shape<RedisQuery> = { ...PAGE, group: 'any' };

/** What a search works with. */
export interface SearchContext<R extends StorageRecord> {
  readonly connection: Connection;
  readonly keys: Keys;
  readonly codec: Codec<R>;
  /** Reads the records with these ids. */
  retrieve(ids: readonly string[]): Promise<ReadonlyMap<string, Readable<R>>>;
}

/** A record, the fault of one that cannot be read, or null where there is none. */
export type Readable<R extends StorageRecord> = Stored<R> | FaultError | null;

interface Place {
  readonly id: string;
  /** As the server wrote it: only this text finds the place again. */
  readonly text: string;
}

/**
 * One page of a group.
 *
 * The sorted set may name records that have expired or moved; the records themselves tell. Such names are removed and
 * the page is filled up from further down.
 */
export async function search<R extends StorageRecord>(
  query: RedisQuery & { readonly limit: number },
  attempt: Attempt,
  context: SearchContext<R>,
): Promise<SearchPage<Stored<R>>> {
  const { connection, keys, codec } = context;
  const key = keys.group(checkGroup(query.group, codec.grouped));
  const found: { place: Place; record: Stored<R> | FaultError }[] = [];
  let after = startOf(query.cursor);
  let more = true;
  while (more && found.length <= query.limit) {
    const places = await placesAfter(key, after, query.limit + 1, attempt, connection);
    more = places.length > query.limit;
    after = places.at(-1) ?? after;
    const records = await context.retrieve(places.map(({ id }) => id));
    const live = (id: string) => {
      const record = records.get(id);
      if (record instanceof FaultError) return record;
      return record && codec.groupOf(record) === query.group ? record : undefined;
    };
    const gone: string[] = [];
    for (const place of places) {
      const record = live(place.id);
      if (record) found.push({ place, record });
      else gone.push(place.id);
    }
    if (gone.length > 0) await removeFromGroup(new Map([[query.group, gone]]), attempt, context);
  }
  const page = found.slice(0, query.limit);
  const last = page.at(-1)?.place;
  return {
    ...readPage(page.map(({ place, record }) => ({ id: place.id, item: record }))),
    ...(found.length > query.limit && last && { cursor: encodeCursor([last.text, last.id]) }),
  };
}

/** Ids by falling score, those of one score by falling id, from just after a place. */
async function placesAfter(
  key: string,
  after: Place | undefined,
  count: number,
  attempt: Attempt,
  connection: Connection,
): Promise<Place[]> {
  if (after) {
    const command: Command = ['eval', PLACES_AFTER, 1, key, after.text, after.id, count];
    return toPlaces((await connection.sendOne(command, attempt)) as string[]);
  }
  const range: Command = ['zrange', key, '+inf', '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, count, 'WITHSCORES'];
  return toPlaces((await connection.sendOne(range, attempt)) as string[]);
}

function toPlaces(reply: readonly string[]): Place[] {
  return Array.from({ length: reply.length / 2 }, (_, index) => {
    const text = reply[index * 2 + 1] ?? '';
    return { id: reply[index * 2] ?? '', text };
  });
}

function startOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [text, id] = decodeCursor(cursor, ['string', 'string'] as const);
  const score = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(score)) throw foreignCursor();
  return { id, text };
}

function checkGroup(group: unknown, grouped: boolean): string {
  if (!grouped) throw invalid('query', 'NO_GROUPS', 'configure `group` before searching');
  if (typeof group !== 'string' || group === '') {
    throw invalid('query', 'INVALID_GROUP', 'the query must name a group in a non-empty string');
  }
  return group;
}
