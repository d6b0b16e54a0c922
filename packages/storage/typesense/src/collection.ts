import type { Attempt } from '@drydock/storage';
import { type CollectionSteps, ensureCollection, foreignAnswer, refused } from '@drydock/storage/backend-kit';
import type { ResolvedConfig } from './config.js';
import type { Connection } from './connection.js';
import { toFault } from './errors.js';
import { exactNames } from './exact.js';
import { EXACT, EXPIRES_AT, type FieldOptions, KEY } from './fields.js';
import { moveRecords } from './layout.js';

/** A field as the server describes it. */
type Field = Readonly<Record<string, unknown>>;

/** A field that the adapter was made with, and its name. */
type Declared = readonly [string, FieldOptions];

/** What every document has besides the fields declared. */
const OWN_FIELDS: readonly Declared[] = [
  [KEY, { type: 'int64', optional: false }],
  [EXPIRES_AT, { type: 'int64', optional: false }],
];

/** What must be as declared, where it is declared; the server fills in the rest. */
const COMPARED = ['type', 'optional', 'facet', 'index', 'sort', 'infix', 'locale', 'num_dim'] as const;

/** Checks that the collection is as declared and creates what is missing, where it may; then the records. */
export async function prepareCollection(
  connection: Connection,
  config: ResolvedConfig,
  attempt: Attempt,
): Promise<void> {
  const path = `/collections/${encodeURIComponent(config.collection)}`;
  let empty = false;
  const steps: CollectionSteps<ReadonlyMap<string, Field>, Declared> = {
    fault: toFault,
    async look() {
      const { fields, num_documents } = await connection.requestObject(attempt, { method: 'get', path });
      if (!Array.isArray(fields)) throw foreignAnswer('Typesense');
      empty = num_documents === 0;
      return new Map(fields.map((field: Field) => [String(field.name), field]));
    },
    create() {
      const body = { name: config.collection, fields: declared(config).map(described) };
      return connection.requestObject(attempt, { method: 'post', path: '/collections', body });
    },
    missing: (found) => missingFields(config, found),
    add(missing) {
      const body = { fields: missing.map(described) };
      return connection.requestObject(attempt, { method: 'patch', path, body });
    },
  };
  await ensureCollection(steps, { migrate: config.migrate, parts: 'the collection or a field' });
  if (!empty) await moveRecords(connection, config, attempt);
}

function missingFields(config: ResolvedConfig, found: ReadonlyMap<string, Field>) {
  return declared(config).filter(([name, options]) => {
    const field = found.get(name);
    if (!field) return true;
    const different = COMPARED.find((key) => options[key] !== undefined && options[key] !== field[key]);
    if (different === undefined) return false;
    throw refused(
      'data',
      'FIELD_MISMATCH',
      `the field ${JSON.stringify(name)} was declared with ${different} ${JSON.stringify(options[different])}, and ` +
        `the collection has ${JSON.stringify(field[different]) ?? 'none'}; declare what it has, or use another collection`,
    );
  });
}

function declared({ fields }: ResolvedConfig): Declared[] {
  const exact: Declared[] =
    exactNames(fields).length > 0 ? [[EXACT, { type: 'string[]', optional: true }]] : [];
  return [...OWN_FIELDS, ...exact, ...fields];
}

function described([name, options]: Declared): object {
  return { name, ...options };
}
