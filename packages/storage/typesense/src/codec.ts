import { createHash } from 'node:crypto';
import { encodeJson, type StorageRecord, type Stored } from '@drydock/storage';
import { holdsLoneSurrogate, invalid } from '@drydock/storage/backend-kit';
import type { ResolvedConfig } from './config.js';
import { documentId, recordId } from './document-id.js';
import { exactTokens } from './exact.js';
import { EXACT, EXPIRES_AT, KEY, NULLS, RESERVED } from './fields.js';

/** A record: any JSON properties; those that are declared as fields can be searched by. */
export type TypesenseRecord = StorageRecord;

/** A document as it comes back. */
export type Document = Readonly<Record<string, unknown>>;

/** The value of `_expires_at` that no time reaches: every document has one, so that one filter fits all. */
export const NEVER = Number.MAX_SAFE_INTEGER;
/** Largest numbers by type; the smallest int32 is left out with the one that has no counterpart. */
const LIMITS: Readonly<Record<string, number>> = { int32: 2 ** 31 - 1, float: 3.4028234663852886e38 };
const NOT_ASCII = /[\u0080-\uffff]/g;

/** Encodes a record as one line of JSON; throws a data fault that names the property, never its value. */
export function encodeDocument(
  { fields }: Pick<ResolvedConfig, 'fields'>,
  record: Stored<TypesenseRecord>,
  expiresAt: number | undefined,
): { value: string; bytes: number } {
  const reserved = RESERVED.find((name) => Object.hasOwn(record, name));
  if (reserved !== undefined) {
    throw invalid('data', 'RESERVED_PROPERTY', `the property ${reserved} is the adapter's own`);
  }
  const text = encodeJson({ ...record, id: documentId(record.id) });
  if (holdsLoneSurrogate(text)) {
    throw invalid('data', 'INVALID_RECORD', 'the record holds a lone surrogate, which Typesense cannot hold');
  }
  checkNumbers(fields, record);
  const nulls = text.includes('null') ? nullsOf(text) : [];
  const exact = exactTokens(fields, record);
  const own = [
    // Written as text: no JavaScript number holds it.
    `"${KEY}":${listKey(record.id)}`,
    `"${EXPIRES_AT}":${expiresAt === undefined ? NEVER : Math.ceil(expiresAt)}`,
    ...(nulls.length > 0 ? [`"${NULLS}":${JSON.stringify(nulls)}`] : []),
    ...(exact.length > 0 ? [`"${EXACT}":${JSON.stringify(exact)}`] : []),
  ];
  const value = `${text.slice(0, -1)},${own.join(',')}}`.replace(NOT_ASCII, escaped);
  return { value, bytes: value.length + 1 };
}

/** The record of a document. */
export function decodeDocument<R extends TypesenseRecord>(document: Document): Stored<R> {
  const { [KEY]: _key, [EXPIRES_AT]: _expires, [EXACT]: _exact, [NULLS]: nulls, ...properties } = document;
  const record: Record<string, unknown> = { ...properties, id: recordId(String(document.id)) };
  for (const name of Array.isArray(nulls) ? nulls : []) {
    // Assignment would call the setter of `__proto__`.
    Object.defineProperty(record, name, {
      value: null,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return record as unknown as Stored<R>;
}

/** Whether the lifetime of a document has passed. */
export function isExpired(document: Document, now: number): boolean {
  const expiresAt = document[EXPIRES_AT];
  return typeof expiresAt === 'number' && expiresAt <= now;
}

/** Place of a record in the list of all: 63 bits of a hash of its id, which no write changes. */
export function listKey(id: string): bigint {
  return createHash('sha256').update(id).digest().readBigUInt64BE() >> 1n;
}

/** The server takes a long request in pieces, and loses a character whose bytes lie in two of them. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function nullsOf(text: string): string[] {
  const properties: Record<string, unknown> = JSON.parse(text);
  return Object.keys(properties).filter((name) => properties[name] === null);
}

/** The server takes numbers of more than 32 bits for fields that have no more, and then finds them as others. */
function checkNumbers(fields: ResolvedConfig['fields'], record: object): void {
  for (const [name, { type }] of fields) {
    const limit = LIMITS[type.replace('[]', '')];
    if (limit === undefined) continue;
    const values: unknown[] = [Reflect.get(record, name)].flat();
    if (values.every((value) => typeof value !== 'number' || Math.abs(value) <= limit)) continue;
    const detail = `the property ${JSON.stringify(name)} does not fit into its type, ${type}`;
    throw invalid('data', 'NUMBER_TOO_LARGE', detail);
  }
}
