import type { Attempt } from '@drydock/storage';
import { notMigrated, refused } from '@drydock/storage/backend-kit';
import type { Schemas } from '@qdrant/js-client-rest';
import { EXPIRES_AT } from './codec.js';
import type { PayloadIndex, ResolvedConfig, VectorOptions } from './config.js';
import type { Connection } from './connection.js';
import { toFault } from './errors.js';

type Info = Schemas['CollectionInfo'];

/**
 * Checks that the collection is as declared and creates what is missing, where it may; several processes may at once.
 *
 * Looks first, so that a read-only key can use what is there.
 */
export async function prepareCollection(
  connection: Connection,
  config: ResolvedConfig,
  attempt: Attempt,
): Promise<void> {
  let info = await look(connection, config, attempt);
  if (!info && config.migrate) {
    await create(connection, config, attempt);
    info = await look(connection, config, attempt);
  }
  if (!info) throw notMigrated('the collection or an index');
  checkVectors(config.vector, info);
  const missing = missingIndexes(config, info);
  if (missing.length > 0 && !config.migrate) throw notMigrated('the collection or an index');
  for (const [field, schema] of missing) await createIndex(connection, config, { field, schema }, attempt);
}

async function look(
  connection: Connection,
  { collection }: ResolvedConfig,
  attempt: Attempt,
): Promise<Info | undefined> {
  const send = connection.request(attempt, (api, settings) =>
    api.getCollection({ collection_name: collection }, settings),
  );
  return send.catch(unless('HTTP_404'));
}

async function create(connection: Connection, config: ResolvedConfig, attempt: Attempt): Promise<void> {
  const { size, distance, name } = config.vector;
  const params = { size, distance };
  const vectors = name === undefined ? params : { [name]: params };
  const send = connection.request(attempt, (api, settings) =>
    api.createCollection({ collection_name: config.collection, vectors }, settings),
  );
  // Somebody else was faster; what they made is checked like any other.
  await send.catch(unless('HTTP_409'));
}

async function createIndex(
  connection: Connection,
  { collection }: ResolvedConfig,
  { field, schema }: { readonly field: string; readonly schema: PayloadIndex },
  attempt: Attempt,
): Promise<void> {
  await connection.request(attempt, (api, settings) =>
    api.createFieldIndex(
      { collection_name: collection, wait: true, field_name: field, field_schema: schema },
      settings,
    ),
  );
}

/** Throws a data fault unless the collection has the vectors declared. */
function checkVectors({ size, distance, name }: VectorOptions, { config }: Info): void {
  const all = (config.params.vectors ?? {}) as Record<string, unknown>;
  const found = (name === undefined ? all : all[name]) as Partial<VectorOptions> | undefined;
  if (found?.size === size && found.distance === distance) return;
  const label = name === undefined ? 'a nameless vector' : `the vector ${JSON.stringify(name)}`;
  const actual = found?.size === undefined ? 'none' : `one of size ${found.size} with ${found.distance}`;
  throw refused(
    'data',
    'VECTOR_MISMATCH',
    `${label} of size ${size} with ${distance} was declared, and the collection has ${actual}; ` +
      'declare what it has, or use another collection',
  );
}

function missingIndexes({ indexes }: ResolvedConfig, { payload_schema }: Info): [string, PayloadIndex][] {
  // Searches leave out what has expired, and a strict server refuses conditions without an index.
  const declared = Object.entries({ ...indexes, [EXPIRES_AT]: 'integer' as const });
  return declared.filter(([field, schema]) => {
    const found = Object.hasOwn(payload_schema, field) ? payload_schema[field]?.data_type : undefined;
    if (found === undefined) return true;
    if (found === typeOf(schema)) return false;
    throw refused(
      'data',
      'INDEX_MISMATCH',
      `the index on ${JSON.stringify(field)} was declared as ${typeOf(schema)}, and the collection has ${found}; ` +
        'declare what it has, or remove it there',
    );
  });
}

function typeOf(schema: PayloadIndex): string {
  return typeof schema === 'string' ? schema : schema.type;
}

function unless(code: string) {
  return (error: unknown): undefined => {
    if (toFault(error, true).code !== code) throw error;
    return undefined;
  };
}
