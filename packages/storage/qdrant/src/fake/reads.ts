import type { Collection } from './collection.js';
import { compile } from './conditions.js';
import { selectPayload, valuesAt } from './payload.js';
import { compareIds, parseId, type StoredPoint } from './point.js';
import { badInput, invalid, Refusal } from './refusal.js';
import { fit, score, type VectorParams } from './vectors.js';

type Json = Record<string, unknown>;

const RANGE_INDEXES = ['integer', 'float', 'datetime', 'uuid'];

/** A point as reads show it. */
export function show({ id, payload, vectors }: StoredPoint, { with_payload, with_vector }: Json): Json {
  const shown = selectPayload(payload, with_payload);
  const names = Array.isArray(with_vector) ? with_vector : Object.keys(vectors);
  const named = Object.fromEntries(names.flatMap((name) => (vectors[name] ? [[name, vectors[name]]] : [])));
  return { id, ...(shown && { payload: shown }), ...(with_vector ? { vector: named[''] ?? named } : {}) };
}

/** Points by id, in the order of the ids, without the missing ones. */
export function retrieve(collection: Collection, body: Json, length: number): Json[] {
  const ids = (body.ids as unknown[]).map((id) => parseId(id, length));
  const found = ids.flatMap((id) => collection.points.get(id) ?? []);
  return found.map((point) => show(point, { with_payload: true, ...body }));
}

/** Points in the order of their ids, or of a property that has an index. */
export function scroll(collection: Collection, body: Json): Json {
  const { limit = 10, offset, order_by } = body as { limit?: number; offset?: unknown; order_by?: unknown };
  checkLimit(limit);
  const test = compile(body.filter);
  const shown = { with_payload: true, ...body };
  if (order_by) return ordered(collection, { order_by, limit, shown, test });
  const start = offset === undefined || offset === null ? undefined : parseId(offset);
  const points = collection.sorted.filter(
    (point) => test(point) && (start === undefined || compareIds(point.id, start) >= 0),
  );
  return {
    points: points.slice(0, limit).map((point) => show(point, shown)),
    next_page_offset: points[limit]?.id ?? null,
  };
}

function ordered(
  collection: Collection,
  request: { order_by: unknown; limit: number; shown: Json; test: ReturnType<typeof compile> },
): Json {
  const { order_by, limit, shown, test } = request;
  const { key, direction = 'asc' } = (typeof order_by === 'string' ? { key: order_by } : order_by) as {
    key: string;
    direction?: string;
  };
  if (!RANGE_INDEXES.includes(String(collection.indexes.get(key)))) {
    throw badInput(
      `No range index for \`order_by\` key: \`${key}\`. Please create one to use \`order_by\`. Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see which payload schemas support Range conditions`,
    );
  }
  const sign = direction === 'desc' ? -1 : 1;
  const points = collection.sorted
    .filter(test)
    .flatMap((point) => valuesAt(point.payload, key).map((value) => ({ point, value: value as number })))
    .sort((one, other) => sign * (one.value - other.value))
    .slice(0, limit)
    .map(({ point, value }) => ({ ...show(point, shown), order_value: value }));
  return { points, next_page_offset: null };
}

/** Points nearest to a vector or to another point; without either, in the order of their ids. */
export function nearest(collection: Collection, body: Json): Json[] {
  const { limit = 10, offset = 0, using = '', score_threshold } = body as Record<string, number>;
  checkLimit(limit);
  const test = compile(body.filter);
  const name = String(using);
  const { vector, self } = target(collection, body.query, name);
  const params = collection.vectors[name] as VectorParams;
  return [...collection.points.values()]
    .filter((point) => point.id !== self && point.vectors[name] && test(point))
    .map((point) => ({
      point,
      ...score(params, [vector, point.vectors[name] ?? []], score_threshold ?? undefined),
    }))
    .filter(({ enough }) => enough)
    .sort((one, other) => one.order - other.order)
    .slice(offset, offset + limit)
    .map(({ point, score: value }) => {
      const { id, ...rest } = show(point, body);
      return { id, version: point.version, score: value, ...rest };
    });
}

function target(collection: Collection, query: unknown, name: string): { vector: number[]; self?: unknown } {
  if (Array.isArray(query)) return { vector: fit(query, name, collection.vectors) };
  const wanted = typeof query === 'object' ? (query as Json | null)?.nearest : query;
  if (Array.isArray(wanted)) return { vector: fit(wanted, name, collection.vectors) };
  const { id, vectors } = collection.point(parseId(wanted));
  const vector = vectors[name];
  if (!vector) throw new Refusal(404, `Not found: No vector named '${name}' for point with id ${id}`);
  return { vector, self: id };
}

function checkLimit(limit: number): void {
  if (limit < 1) throw invalid('JSON body', `internal.limit: value ${limit} invalid, must be 1 or larger`);
}
