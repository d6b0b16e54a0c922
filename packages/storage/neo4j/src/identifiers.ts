import { OptionCheck } from '@drydock/storage/backend-kit';

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;
/** Constraints are named after labels and types; Neo4j itself takes names of any length. */
const MAX_LENGTH = 128;

/** Quotes a name for Cypher; throws a `TypeError` for anything but letters, digits and underscores, at most 128. */
export function quoteName(option: 'namespace' | 'labels' | 'types' | 'indexes', name: string): string {
  if (typeof name !== 'string' || name.length > MAX_LENGTH || !PLAIN.test(name)) {
    const rule = `letters, digits and underscores, not starting with a digit, at most ${MAX_LENGTH}`;
    throw new OptionCheck('neo4j').error(option, `cannot name ${JSON.stringify(name)}; use ${rule}`);
  }
  return `\`${name}\``;
}

/** Whether a property can stand under its own name, beside those of the adapter. */
export function isPropertyName(name: string): boolean {
  return name !== ID && !name.startsWith('_') && name.length <= MAX_LENGTH && PLAIN.test(name);
}

/** Property that holds the id, of entities and relationships alike. */
export const ID = 'id';
/** Property of a relationship that holds the namespace: its type may be shared with others. */
export const NAMESPACE = '_namespace';
/** Property that holds, as one JSON object, what Neo4j cannot hold natively. */
export const JSON_PROPERTIES = '_json';
/** Property that holds the end of a record's life, in milliseconds of the server's clock. */
export const EXPIRES_AT = '_expiresAt';
/** Properties that are the adapter's own. */
export const OWN_PROPERTIES: ReadonlySet<string> = new Set([ID, NAMESPACE, JSON_PROPERTIES, EXPIRES_AT]);
