import { encodeCursor, type SearchPage } from '@drydock/storage';
import {
  checkShape,
  fingerprintOf,
  foreignCursor,
  invalidQuery,
  openCursor,
} from '@drydock/storage/backend-kit';
import type { Schemas } from '@qdrant/js-client-rest';
import { decodePoint, type QdrantRecord, type ReadPoint, SCORE, vectorFlaw } from '../codec.js';
import type { VectorOptions } from '../config.js';
import { pointId } from '../point-id.js';
import { compileFilter } from './filter.js';
import type { QdrantItem, QdrantQuery } from './query.js';

/** A compiled search: which request to send, and how to read what comes back. */
export type Search<R extends QdrantRecord> =
  | {
      readonly kind: 'query';
      readonly body: Schemas['QueryRequest'];
      page(points: readonly ScoredPoint[]): SearchPage<QdrantItem<R>>;
    }
  | {
      readonly kind: 'scroll';
      readonly body: Schemas['ScrollRequest'];
      page(points: readonly ReadPoint[], next: unknown): SearchPage<QdrantItem<R>>;
    };

/** A point found by a vector. */
export interface ScoredPoint extends ReadPoint {
  readonly score: number;
}

type Bounded = QdrantQuery & { readonly limit: number };

/** Compiles a query; throws a query fault when it cannot be meant. */
export function compileSearch<R extends QdrantRecord>(
  vector: VectorOptions,
  query: Bounded,
  now: number,
): Search<R> {
  if (query.near !== undefined) return nearest(vector, query, query.near, now);
  if (query.scoreThreshold !== undefined) throw invalidQuery('`scoreThreshold` means nothing without `near`');
  return scroll(vector, query, now);
}

/** Pages follow the order of the points' ids, which no write changes. */
function scroll<R extends QdrantRecord>(vector: VectorOptions, query: Bounded, now: number): Search<R> {
  const { limit, cursor, withVector = false } = query;
  const filter = compileFilter(query.filter, now);
  const fingerprint = queryFingerprint(query);
  const offset =
    cursor === undefined ? undefined : parsePointId(openCursor(cursor, fingerprint, ['string'])[0]);
  return {
    kind: 'scroll',
    body: {
      limit,
      filter,
      with_payload: true,
      with_vector: withVector,
      ...(offset !== undefined && { offset }),
    },
    page: (points, next) => ({
      items: points.map((point) => decodePoint<R>(vector, point)),
      ...(next !== null && next !== undefined && { cursor: encodeCursor([fingerprint, String(next)]) }),
    }),
  };
}

/** Pages count from the nearest: a write in between may shift them. */
function nearest<R extends QdrantRecord>(
  vector: VectorOptions,
  query: Bounded,
  near: QdrantQuery['near'] & {},
  now: number,
): Search<R> {
  const { limit, cursor, scoreThreshold, params, withVector = false } = query;
  if (scoreThreshold !== undefined && !Number.isFinite(scoreThreshold))
    throw invalidQuery('`scoreThreshold` takes a finite number');
  const fingerprint = queryFingerprint(query);
  const offset = cursor === undefined ? 0 : openCursor(cursor, fingerprint, ['number'])[0];
  if (!Number.isSafeInteger(offset) || offset < 0) throw foreignCursor();
  return {
    kind: 'query',
    body: {
      query: target(near, vector.size),
      filter: compileFilter(query.filter, now),
      // One more than the page holds tells whether there is a next one.
      limit: limit + 1,
      offset,
      with_payload: true,
      with_vector: withVector,
      ...(vector.name !== undefined && { using: vector.name }),
      ...(scoreThreshold !== undefined && { score_threshold: scoreThreshold }),
      ...(params !== undefined && { params }),
    },
    page: (points) => ({
      items: points.slice(0, limit).map((point) => withScore(decodePoint<R>(vector, point), point.score)),
      ...(points.length > limit && { cursor: encodeCursor([fingerprint, offset + limit]) }),
    }),
  };
}

function target(near: QdrantQuery['near'] & {}, size: number): number[] | string {
  if (!Array.isArray(near) && typeof near === 'object' && 'id' in near) {
    checkShape(near, { id: 'any' }, 'near.');
    if (typeof near.id !== 'string' || near.id === '')
      throw invalidQuery('`near.id` takes the id of a record');
    return pointId(near.id);
  }
  const flaw = vectorFlaw(near, size);
  if (flaw !== undefined) throw invalidQuery(flaw);
  return [...near];
}

function withScore<R extends QdrantRecord>(record: QdrantItem<R>, score: number): QdrantItem<R> {
  return { ...record, [SCORE]: score };
}

/** Points that others stored may have numbers for ids. */
function parsePointId(text: string): string | number {
  if (/^\d{1,16}$/.test(text)) return Number(text);
  if (/^[0-9a-f-]{36}$/.test(text)) return text;
  throw foreignCursor();
}

function queryFingerprint({ near, filter, scoreThreshold, params }: QdrantQuery): string {
  return fingerprintOf(near, filter, scoreThreshold, params);
}
