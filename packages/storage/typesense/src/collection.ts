import type { Attempt } from '@drydock/storage';
import { foreignAnswer, notMigrated, refused } from '@drydock/storage/backend-kit';
import type { ResolvedConfig } from './config.js';
import type { Connection } from './connection.js';
import { toFault } from './errors.js';
import { EXPIRES_AT, type FieldOptions, KEY } from './fields.js';

/** A field as the server describes it. */
type Field = Readonly<Record<string, unknown>>;

/** What every document has besides the fields declared. */
const OWN_FIELDS: readonly (readonly [string, FieldOptions])[] = [
  [KEY, { type: 'int64', optional: false }],
  [EXPIRES_AT, { type: 'int64', optional: false }],
];

/** What must be as declared, where it is declared; the server fills in the rest. */
const COMPARED = ['type', 'optional', 'facet', 'index', 'sort', 'infix', 'locale', 'num_dim'] as const;

/**
 * Checks that the collection is as declared and creates what is missing, where it may; several processes may at once.
 *
 * Looks first, so that a key that may only read the schema can use what is there.
 */
export async function prepareCollection(
  connection: Connection,
  config: ResolvedConfig,
  attempt: Attempt,
): Promise<void> {
  let found = await look(connection, config, attempt);
  if (!found && config.migrate) {
    await create(connection, config, attempt);
    found = await look(connection, config, attempt);
  }
  if (!found) throw notMigrated('the collection or a field');
  const missing = missingFields(config, found);
  if (missing.length === 0) return;
  if (!config.migrate) throw notMigrated('the collection or a field');
  await addFields(connection, config, missing, attempt);
}

async function look(
  connection: Connection,
  config: ResolvedConfig,
  attempt: Attempt,
): Promise<ReadonlyMap<string, Field> | undefined> {
  const answer = await connection
    .requestObject(attempt, { method: 'get', path: pathOf(config) })
    .catch(unless('HTTP_404'));
  if (!answer) return undefined;
  if (!Array.isArray(answer.fields)) throw foreignAnswer('Typesense');
  return new Map(answer.fields.map((field: Field) => [String(field.name), field]));
}

async function create(connection: Connection, config: ResolvedConfig, attempt: Attempt): Promise<void> {
  const body = { name: config.collection, fields: declared(config).map(described) };
  const send = connection.requestObject(attempt, { method: 'post', path: '/collections', body });
  // Somebody else was faster; what they made is checked like any other.
  await send.catch(unless('HTTP_409'));
}

async function addFields(
  connection: Connection,
  config: ResolvedConfig,
  missing: ReturnType<typeof declared>,
  attempt: Attempt,
): Promise<void> {
  const body = { fields: missing.map(described) };
  await connection.requestObject(attempt, { method: 'patch', path: pathOf(config), body });
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

function declared({ fields }: ResolvedConfig): (readonly [string, FieldOptions])[] {
  return [...OWN_FIELDS, ...fields];
}

function described([name, options]: readonly [string, FieldOptions]): object {
  return { name, ...options };
}

function pathOf({ collection }: ResolvedConfig): string {
  return `/collections/${encodeURIComponent(collection)}`;
}

function unless(code: string) {
  return (error: unknown): undefined => {
    if (toFault(error, true).code !== code) throw error;
    return undefined;
  };
}
