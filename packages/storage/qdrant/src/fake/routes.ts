import type { Collection } from './collection.js';
import { compile } from './conditions.js';
import type { Database } from './database.js';
import { parseId } from './point.js';
import { nearest, retrieve, scroll, show } from './reads.js';
import { notFound, Refusal } from './refusal.js';
import { write, writeBatch } from './writes.js';

/** The parts of a request. */
export interface Request {
  readonly database: Database;
  /** Decoded parts of the path that match the groups of the pattern. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  /** Bytes of the body. */
  readonly length: number;
}

/** One kind of request that the server knows. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Whether it writes, which a read-only key does not allow. */
  readonly writes: boolean;
  handle(request: Request): unknown;
}

type InCollection = (collection: Collection, request: Request) => unknown;

const COLLECTION = '/collections/([^/]+)';

const read = (method: string, path: string, handle: InCollection): Route =>
  inCollection(method, path, false, handle);
const change = (method: string, path: string, handle: InCollection): Route =>
  inCollection(method, path, true, handle);
const pointWrite = (method: string, path: string, name: string): Route =>
  change(method, path, (collection, { body, query }) => write(name, collection, body, waits(query)));

/** The requests that need a key. */
export const ROUTES: readonly Route[] = [
  route('GET', '/collections', false, ({ database }) => ({
    collections: database.names.map((name) => ({ name })),
  })),
  route('POST', '/collections/aliases', true, ({ database, body }) => database.changeAliases(body)),
  route('PUT', COLLECTION, true, ({ database, parts, body, length }) =>
    database.create(parts[0] ?? '', body, length),
  ),
  route('DELETE', COLLECTION, true, ({ database, parts }) => database.drop(parts[0] ?? '')),
  route('GET', `${COLLECTION}/exists`, false, ({ database, parts }) => ({
    exists: database.has(parts[0] ?? ''),
  })),
  read('GET', '', (collection) => collection.describe()),
  change('PUT', '/index', (collection, { body, length }) => ({
    operation_id: collection.index(String(body.field_name), body.field_schema, length),
    status: 'completed',
  })),
  pointWrite('PUT', '/points', 'upsert'),
  pointWrite('POST', '/points/delete', 'delete'),
  pointWrite('POST', '/points/payload', 'set_payload'),
  pointWrite('PUT', '/points/payload', 'overwrite_payload'),
  pointWrite('POST', '/points/payload/delete', 'delete_payload'),
  change('POST', '/points/batch', (collection, { body, query }) =>
    writeBatch(collection, body, waits(query)),
  ),
  read('POST', '/points', (collection, { body, length }) => retrieve(collection, body, length)),
  read('POST', '/points/scroll', (collection, { body }) => scroll(collection, body)),
  read('POST', '/points/count', (collection, { body }) => ({
    count: collection.sorted.filter(compile(body.filter)).length,
  })),
  read('POST', '/points/query', (collection, { body }) => ({ points: nearest(collection, body) })),
  read('POST', '/points/query/batch', (collection, { body }) =>
    (body.searches as Request['body'][]).map((search) => ({ points: nearest(collection, search) })),
  ),
  read('POST', '/points/search', (collection, { body }) =>
    nearest(collection, { ...body, query: body.vector }),
  ),
  read('GET', '/points/([^/]+)', (collection, { parts }) => {
    const id = parseId(/^\d+$/.test(parts[1] ?? '') ? Number(parts[1]) : parts[1]);
    const point = collection.points.get(id);
    if (!point) throw notFound(`Point with id ${id} does not exists!`);
    return show(point, { with_payload: true, with_vector: true });
  }),
];

function route(method: string, path: string, writes: boolean, handle: Route['handle']): Route {
  return { method, path: new RegExp(`^${path}$`), writes, handle };
}

function inCollection(method: string, path: string, writes: boolean, handle: InCollection): Route {
  return route(method, `${COLLECTION}${path}`, writes, (request) => {
    checkTimeout(request.query);
    return handle(request.database.collection(request.parts[0] ?? ''), request);
  });
}

function checkTimeout(query: URLSearchParams): void {
  const timeout = query.get('timeout');
  if (timeout === null || /^\d+$/.test(timeout)) return;
  throw new Refusal(400, 'Deserialize error in query parameters: invalid digit found in string');
}

function waits(query: URLSearchParams): boolean {
  return query.get('wait') === 'true';
}
