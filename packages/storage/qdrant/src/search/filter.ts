import { invalidQuery } from '@drydock/storage/backend-kit';
import { EXPIRES_AT } from '../codec.js';
import { pointId } from '../point-id.js';
import type { QdrantFilter } from './query.js';

const MAX_DEPTH = 32;

/** What a search sends: the caller's filter, and that the record has not expired. */
export function compileFilter(filter: QdrantFilter | undefined, now: number): QdrantFilter {
  const alive: QdrantFilter = { must_not: [{ key: EXPIRES_AT, range: { lte: now } }] };
  if (filter === undefined) return alive;
  if (!isObject(filter)) throw invalidQuery('`filter` must be an object');
  return { ...alive, must: [withPointIds(filter, 0) as QdrantFilter] };
}

/** The same conditions, with the ids of points for those of records. */
function withPointIds(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw invalidQuery(`\`filter\` is nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) return value.map((one) => withPointIds(one, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'has_id' ? listOfIds(inner) : withPointIds(inner, depth + 1),
    ]),
  );
}

function listOfIds(ids: unknown): string[] {
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string' && id !== '')) {
    throw invalidQuery('`has_id` takes a list of ids');
  }
  return ids.map(pointId);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
