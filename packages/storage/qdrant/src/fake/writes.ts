import type { Collection, Update } from './collection.js';
import { compile } from './conditions.js';
import { type PointId, parseId, parsePoint, type StoredPoint } from './point.js';

type Json = Record<string, unknown>;
type Write = (collection: Collection, body: Json) => number;

/** The writes of a batch, by name. */
const WRITES: Readonly<Record<string, Write>> = {
  upsert: (collection, body) => collection.upsert((body.points as unknown[]).map(parsePoint)),
  delete: (collection, body) => collection.delete(selected(collection, body)),
  set_payload: (collection, body) =>
    collection.changePayload(selected(collection, body), (payload) => ({
      ...payload,
      ...(body.payload as Json),
    })),
  overwrite_payload: (collection, body) =>
    collection.changePayload(selected(collection, body), () => body.payload as Json),
  delete_payload: (collection, body) =>
    collection.changePayload(selected(collection, body), (payload) =>
      without(payload, body.keys as string[]),
    ),
};

/** Applies one write. */
export function write(name: string, collection: Collection, body: Json, wait: boolean): Update {
  const operation_id = WRITES[name]?.(collection, body) ?? collection.next();
  return { operation_id, status: wait ? 'completed' : 'acknowledged' };
}

/** Applies several writes in order. */
export function writeBatch(collection: Collection, { operations }: Json, wait: boolean): Update[] {
  return (operations as Json[]).flatMap((operation) =>
    Object.entries(operation).map(([name, body]) => write(name, collection, body as Json, wait)),
  );
}

function selected(collection: Collection, { points, filter }: Json): PointId[] {
  if (Array.isArray(points)) return points.map((id) => parseId(id));
  return collection.sorted.filter(compile(filter)).map(({ id }: StoredPoint) => id);
}

function without(payload: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !keys.includes(key)));
}
