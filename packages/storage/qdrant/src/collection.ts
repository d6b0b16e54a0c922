import type { Attempt } from '@drydock/storage';
import { type CollectionSteps, ensureCollection, refused } from '@drydock/storage/backend-kit';
import type { Schemas } from '@qdrant/js-client-rest';
import { EXPIRES_AT } from './codec.js';
import type { PayloadIndex, ResolvedConfig, VectorOptions } from './config.js';
import type { Connection } from './connection.js';
import { toFault } from './errors.js';

type Info = Schemas['CollectionInfo'];

/** Checks that the collection is as declared and creates what is missing, where it may. */
export function prepareCollection(
  connection: Connection,
  config: ResolvedConfig,
  attempt: Attempt,
): Promise<void> {
  const { collection: collection_name, vector, migrate } = config;
  const steps: CollectionSteps<Info, [string, PayloadIndex]> = {
    fault: toFault,
    look: () =>
      connection.request(attempt, (api, settings) => api.getCollection({ collection_name }, settings)),
    create() {
      const { size, distance, name } = vector;
      const params = { size, distance };
      const vectors = name === undefined ? params : { [name]: params };
      return connection.request(attempt, (api, settings) =>
        api.createCollection({ collection_name, vectors }, settings),
      );
    },
    missing(info) {
      checkVectors(vector, info);
      return missingIndexes(config, info);
    },
    async add(missing) {
      for (const [field_name, field_schema] of missing) {
        const index = { collection_name, wait: true, field_name, field_schema };
        await connection.request(attempt, (api, settings) => api.createFieldIndex(index, settings));
      }
    },
  };
  return ensureCollection(steps, { migrate, parts: 'the collection or an index' });
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
