import { createHash } from 'node:crypto';
import { OptionCheck } from '@drydock/storage/backend-kit';
import { ID, isPropertyName, NAMESPACE, quoteName } from './identifiers.js';

const check = new OptionCheck('neo4j');

/** What a graph is declared by. */
export interface SchemaOptions {
  readonly namespace: string;
  readonly labels: readonly string[];
  readonly types: readonly string[];
  readonly indexes: Readonly<Record<string, readonly string[]>>;
}

/** The graph of one adapter, all names checked. */
export interface Schema {
  readonly namespace: string;
  readonly labels: readonly string[];
  readonly types: readonly string[];
  /** The namespace as a label in Cypher. */
  readonly quoted: string;
  /** What `connect` creates. */
  readonly items: readonly SchemaItem[];
  /** Constraints that there are only where a label is another adapter's namespace. */
  readonly taken: readonly string[];
}

/** A constraint or an index. */
export interface SchemaItem {
  readonly name: string;
  /** Creates it unless it is there. */
  readonly create: string;
}

/** Checks and quotes all names; throws a `TypeError` that says what is wrong. */
export function defineSchema({ namespace, labels, types, indexes }: SchemaOptions): Schema {
  const quoted = quoteName('namespace', namespace);
  distinct('labels', labels);
  distinct('types', types);
  if (labels.length === 0) throw check.error('labels', 'must name at least one label');
  if (labels.includes(namespace)) {
    throw check.error('namespace', 'is a label of its own; give it a name that is not in `labels`');
  }
  for (const label of labels) quoteName('labels', label);
  const items = [
    entityConstraint(namespace),
    ...types.map(relationshipConstraint),
    ...Object.entries(indexes).flatMap(([label, properties]) =>
      properties.map((property) => propertyIndex(labels, label, property)),
    ),
  ];
  const taken = labels.map((label) => itemName('entity', label));
  return { namespace, labels, types, quoted, items, taken };
}

function entityConstraint(namespace: string): SchemaItem {
  const name = itemName('entity', namespace);
  const label = quoteName('namespace', namespace);
  return {
    name,
    create: `CREATE CONSTRAINT \`${name}\` IF NOT EXISTS FOR (n:${label}) REQUIRE n.\`${ID}\` IS UNIQUE`,
  };
}

function relationshipConstraint(type: string): SchemaItem {
  const name = itemName('relationship', type);
  const quoted = quoteName('types', type);
  return {
    name,
    create: `CREATE CONSTRAINT \`${name}\` IF NOT EXISTS FOR ()-[r:${quoted}]-() REQUIRE (r.\`${NAMESPACE}\`, r.\`${ID}\`) IS UNIQUE`,
  };
}

function propertyIndex(labels: readonly string[], label: string, property: string): SchemaItem {
  if (!labels.includes(label)) {
    throw check.error('indexes', `cannot name "${label}", which is not a declared label`);
  }
  const quoted = quoteName('indexes', property);
  if (!isPropertyName(property))
    throw check.error('indexes', `cannot name "${property}", which is the adapter's own`);
  const name = itemName('index', label, property);
  return {
    name,
    create: `CREATE INDEX \`${name}\` IF NOT EXISTS FOR (n:\`${label}\`) ON (n.${quoted})`,
  };
}

/** Readable, and different for different names: constraints of one database share one space of names. */
function itemName(kind: string, ...names: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 8);
  return `drydock_${kind}_${names.join('_')}_${digest}`;
}

function distinct(option: string, names: readonly string[]): void {
  if (new Set(names).size !== names.length) throw check.error(option, 'must not name one twice');
}
