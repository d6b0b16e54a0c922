import type { Answer } from '@drydock/storage/testing';
import type { Keys } from './access.js';
import { Refusal } from './answer.js';
import { Collection } from './collection.js';
import { parse } from './json.js';
import { type Parameters, search } from './searching.js';

/** The parts of a request. */
export interface Request {
  readonly collections: Map<string, Collection>;
  readonly keys: Keys;
  /** Decoded parts of the path that match the groups of the pattern. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly text: string;
  /** Parameters that the key adds to every search. */
  readonly scope: Parameters;
}

/** One kind of request that the server knows. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** The action that a key must allow. */
  readonly action: string;
  handle(request: Request): Answer;
}

const COLLECTION = '/collections/([^/]+)';
const MAX_SEARCHES = 50;
const MAX_QUERY = 4_000;

/** The requests that need a key. */
export const ROUTES: readonly Route[] = [
  route('GET', '/debug', 'debug:list', () => ok({ state: 1, version: '0.24.1' })),
  route('POST', '/keys', 'keys:create', ({ keys, text }) => ok(keys.create(bodyOf(text)), 201)),
  route('DELETE', '/keys/(\\d+)', 'keys:delete', ({ keys, parts }) => ok(keys.remove(Number(parts[0])))),
  route('GET', '/collections', 'collections:list', ({ collections }) =>
    ok([...collections.values()].map((collection) => collection.describe())),
  ),
  route('POST', '/collections', 'collections:create', create),
  route('GET', COLLECTION, 'collections:get', (request) => ok(collectionOf(request).describe())),
  route('PATCH', COLLECTION, 'collections:update', (request) =>
    ok(collectionOf(request).alter(fieldsOf(bodyOf(request.text)))),
  ),
  route('DELETE', COLLECTION, 'collections:delete', drop),
  route('POST', `${COLLECTION}/documents/import`, 'documents:import', importDocuments),
  route('GET', `${COLLECTION}/documents/search`, 'documents:search', (request) => {
    if (request.query.toString().length > MAX_QUERY) {
      throw new Refusal(
        400,
        `Query string exceeds max allowed length of ${MAX_QUERY}. Use the /multi_search end-point for larger payloads.`,
      );
    }
    const parameters = { ...Object.fromEntries(request.query), collection: request.parts[0] };
    return ok(search(collectionOf(request), scoped(parameters, request.scope)));
  }),
  route('GET', `${COLLECTION}/documents/([^/]+)`, 'documents:get', (request) =>
    ok(collectionOf(request).get(request.parts[1] ?? '')),
  ),
  route('DELETE', `${COLLECTION}/documents/([^/]+)`, 'documents:delete', (request) => {
    const collection = collectionOf(request);
    const document = collection.get(request.parts[1] ?? '');
    collection.documents.delete(String(document.id));
    return ok(document);
  }),
  route('DELETE', `${COLLECTION}/documents`, 'documents:delete', deleteBy),
  route('POST', '/multi_search', 'documents:search', multiSearch),
];

function route(method: string, path: string, action: string, handle: Route['handle']): Route {
  return { method, path: new RegExp(`^${path}$`), action, handle };
}

function create({ collections, text }: Request): Answer {
  const body = bodyOf(text);
  const name = String(body.name);
  if (collections.has(name)) throw new Refusal(409, `A collection with name \`${name}\` already exists.`);
  const collection = new Collection(name, fieldsOf(body));
  collections.set(name, collection);
  return ok(collection.describe(), 201);
}

function drop({ collections, parts: [name = ''] }: Request): Answer {
  const collection = collections.get(name);
  if (!collection) throw new Refusal(404, `No collection with name \`${name}\` found.`);
  collections.delete(name);
  return ok(collection.describe());
}

function importDocuments(request: Request): Answer {
  const collection = collectionOf(request);
  const { query, text } = request;
  const lines = text.split('\n').filter((line) => line !== '');
  const action = query.get('action') ?? 'create';
  const results = lines.map((line) => collection.importLine(line, action, query.get('return_id') === 'true'));
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf8' },
    body: results.map((result) => JSON.stringify(result)).join('\n'),
  };
}

/** Content type of this answer, which the server writes differently from all others. */
function deleteBy(request: Request): Answer {
  const headers = { 'content-type': 'application/json' };
  try {
    const num_deleted = collectionOf(request).deleteBy(request.query.get('filter_by') ?? '');
    return { ...ok({ num_deleted }), headers };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.status, error.message, headers) : error;
  }
}

function multiSearch({ collections, text, scope }: Request): Answer {
  const { searches } = bodyOf(text);
  if (!Array.isArray(searches)) throw new Refusal(400, 'Missing `searches` array.');
  if (searches.length > MAX_SEARCHES) {
    throw new Refusal(400, 'Number of multi searches exceeds `limit_multi_searches` parameter.');
  }
  return ok({ results: searches.map((parameters) => oneOf(collections, scoped(parameters, scope))) });
}

function oneOf(collections: Request['collections'], parameters: Parameters): object {
  try {
    const collection = collections.get(String(parameters.collection));
    if (!collection) throw new Refusal(404, 'Not found.');
    return search(collection, parameters);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.status, error: error.message };
    throw error;
  }
}

/** Parameters of a request with those of its key, which win; the filters of both apply. */
function scoped(parameters: Parameters, scope: Parameters): Parameters {
  const filters = [scope.filter_by, parameters.filter_by].filter((filter) => filter);
  const filter_by = filters.length > 1 ? filters.map((filter) => `(${filter})`).join(' && ') : filters[0];
  return { ...parameters, ...scope, ...(filters.length > 0 && { filter_by }) };
}

function collectionOf({ collections, parts: [name = ''] }: Request): Collection {
  const collection = collections.get(name);
  if (!collection) throw new Refusal(404, 'Not Found');
  return collection;
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return parse(text) as Record<string, unknown>;
  } catch {
    throw new Refusal(400, 'Bad JSON.');
  }
}

function fieldsOf({ fields }: Record<string, unknown>): Record<string, unknown>[] {
  if (!Array.isArray(fields)) throw new Refusal(400, 'Parameter `fields` is required.');
  return fields;
}

function ok(body: object, status = 200): Answer {
  return { status, body };
}
