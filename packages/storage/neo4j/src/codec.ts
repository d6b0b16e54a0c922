import { decodeJson, encodeJson, type Stored } from '@drydock/storage';
import { invalid, refused } from '@drydock/storage/backend-kit';
import { ID, isPropertyName, JSON_PROPERTIES, NAMESPACE, OWN_PROPERTIES } from './identifiers.js';
import { encodeNative, narrow } from './properties.js';
import type { Found, GraphRecord } from './record.js';
import type { Schema } from './schema.js';

/** A record as a row of `$rows`. */
export type EncodedRow = {
  readonly id: string;
  /** Lifetime in milliseconds. */
  readonly ttl: bigint | null;
  /** What the node or relationship will hold, the adapter's own properties included. */
  readonly properties: Readonly<Record<string, unknown>>;
} & ({ readonly label: string } | { readonly type: string; readonly from: string; readonly to: string });

/** A row as the statements return it. */
export interface GraphRow {
  readonly id: string;
  readonly label: string | null;
  readonly type: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly distance?: bigint;
}

/** Longest id in UTF-8 bytes: an index of Neo4j holds about 8 kB, the namespace included. */
export const MAX_ID_BYTES = 4_000;

const ENTITY_KEYS = new Set(['id', 'label', 'properties']);
const RELATIONSHIP_KEYS = new Set(['id', 'type', 'from', 'to', 'properties']);

/** Throws a data fault for an id that an index cannot hold. */
export function checkId(id: string): void {
  if (Buffer.byteLength(id) > MAX_ID_BYTES) {
    throw invalid(
      'data',
      'INVALID_ID',
      `an id may have at most ${MAX_ID_BYTES} bytes here, since it is indexed`,
    );
  }
}

/** Encodes a record; throws a data fault that says what is wrong, never the value. */
export function encodeRecord(
  schema: Schema,
  record: Stored<GraphRecord>,
  ttlMs: number | undefined,
): { value: EncodedRow; bytes: number } {
  const { id, properties } = record;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
    throw invalid('data', 'INVALID_RECORD', '`properties` must be an object; give {} where there are none');
  }
  const ttl = ttlMs === undefined ? null : BigInt(Math.ceil(ttlMs));
  const own = encodeProperties(properties);
  const value = { id, ttl, ...encodeKind(schema, record, { ...own, [ID]: id }) };
  return { value, bytes: sizeOf(value) };
}

/** The record of a row. */
export function decodeRow({ id, label, type, from, to, properties, distance }: GraphRow): Found {
  const own = decodeProperties(properties);
  const hops = distance === undefined ? {} : { distance: Number(distance) };
  if (type !== null && from !== null && to !== null) return { id, type, from, to, properties: own, ...hops };
  if (label !== null) return { id, label, properties: own, ...hops };
  const detail = 'an entity has none of the labels declared; was it changed by something else?';
  throw refused('data', 'CORRUPT_RECORD', detail);
}

function encodeKind(
  { namespace, labels, types }: Schema,
  record: GraphRecord,
  properties: Readonly<Record<string, unknown>>,
) {
  if ('label' in record) {
    checkKeys(record, ENTITY_KEYS);
    if (!labels.includes(record.label))
      throw invalid('data', 'UNKNOWN_LABEL', 'the label is not one of `labels`');
    return { label: record.label, properties };
  }
  checkKeys(record, RELATIONSHIP_KEYS);
  const { type, from, to } = record;
  if (!types.includes(type))
    throw invalid('data', 'UNKNOWN_TYPE', 'the record has no `label`, and a type that is not one of `types`');
  if (!isEndpoint(from) || !isEndpoint(to))
    throw invalid('data', 'INVALID_ENDPOINT', '`from` and `to` must be ids of entities');
  return { type, from, to, properties: { ...properties, [NAMESPACE]: namespace } };
}

function checkKeys(record: GraphRecord, known: ReadonlySet<string>): void {
  const strange = Object.entries(record).some(([key, value]) => value !== undefined && !known.has(key));
  if (strange) {
    const list = [...known].join(', ');
    throw invalid(
      'data',
      'INVALID_RECORD',
      `the record has more than ${list}; put the rest into \`properties\``,
    );
  }
}

function isEndpoint(id: unknown): boolean {
  return typeof id === 'string' && id !== '' && !/\p{Surrogate}/u.test(id);
}

/** What Neo4j holds natively under its own name, everything else in one JSON object. */
function encodeProperties(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const native: Record<string, unknown> = {};
  const rest: [string, unknown][] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const encoded = isPropertyName(name) ? encodeNative(value) : undefined;
    if (encoded === undefined) rest.push([name, value]);
    else native[name] = encoded;
  }
  if (rest.length > 0) native[JSON_PROPERTIES] = encodeJson(Object.fromEntries(rest));
  return native;
}

function decodeProperties(stored: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const native = Object.entries(stored).filter(([name]) => !OWN_PROPERTIES.has(name));
  const json = stored[JSON_PROPERTIES];
  const rest = typeof json === 'string' ? Object.entries(decodeJson(json)) : [];
  // Assignment would call the setter of `__proto__`.
  return Object.fromEntries([...native.map(([name, value]) => [name, narrow(value)] as const), ...rest]);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 5;
  if (Array.isArray(value)) return value.reduce((bytes: number, part) => bytes + sizeOf(part), 5);
  if (typeof value !== 'object' || value === null) return 9;
  return Object.entries(value).reduce((bytes, [name, part]) => bytes + sizeOf(name) + sizeOf(part), 5);
}
