import { encodeJson, type StorageRecord, type Stored } from '@drydock/storage';
import { holdsLoneSurrogate, invalid } from '@drydock/storage/backend-kit';
import type { Schemas } from '@qdrant/js-client-rest';
import { MAX_REQUEST_BYTES, type VectorOptions } from './config.js';
import { pointId } from './point-id.js';

/** A record: any JSON properties, and a vector where it has one. */
export interface QdrantRecord extends StorageRecord {
  /** Kept in 32-bit floats; records without one are found by filter and by id. */
  readonly vector?: readonly number[];
}

/** A record as it travels. */
export type Point = Schemas['PointStruct'];

/** The parts of a point that reads give back. */
export interface ReadPoint {
  readonly id: unknown;
  readonly payload?: Record<string, unknown> | null | undefined;
  readonly vector?: unknown;
}

/** Property of the payload that holds when the record ends, in milliseconds since 1970. */
export const EXPIRES_AT = '_expires_at';
/** Property that a search adds to the records it finds. */
export const SCORE = '_score';

const RESERVED = [EXPIRES_AT, SCORE];
const MAX_FLOAT32 = 3.4028234663852886e38;
/** Longest JSON text of a number with its comma. */
const BYTES_PER_DIMENSION = 25;
const ENVELOPE_BYTES = 128;

/** Encodes a record; throws a data fault that names the property, never its value. */
export function encodePoint(
  vectorOptions: VectorOptions,
  record: Stored<QdrantRecord>,
  expiresAt: number | undefined,
): { value: Point; bytes: number } {
  const { vector, ...rest } = record;
  const reserved = RESERVED.find((name) => Object.hasOwn(rest, name));
  if (reserved !== undefined)
    throw invalid('data', 'RESERVED_PROPERTY', `the property ${reserved} is the adapter's own`);
  const text = encodeJson(rest);
  if (holdsLoneSurrogate(text)) {
    throw invalid('data', 'INVALID_RECORD', 'the record holds a lone surrogate, which Qdrant cannot hold');
  }
  const payload: Record<string, unknown> = JSON.parse(text);
  if (expiresAt !== undefined) payload[EXPIRES_AT] = expiresAt;
  const value: Point = { id: pointId(record.id), vector: encodeVector(vectorOptions, vector), payload };
  const bytes = Buffer.byteLength(text) + ENVELOPE_BYTES + (vector?.length ?? 0) * BYTES_PER_DIMENSION;
  if (bytes > MAX_REQUEST_BYTES) {
    throw invalid('data', 'RECORD_TOO_LARGE', 'the record is larger than the 32 MiB that a request may have');
  }
  return { value, bytes };
}

/** The record of a point. */
export function decodePoint<R extends QdrantRecord>({ name }: VectorOptions, point: ReadPoint): Stored<R> {
  const { [EXPIRES_AT]: _, ...record } = narrow(point.payload ?? {}) as Record<string, unknown>;
  // A point of somebody else's has no id of ours.
  if (typeof record.id !== 'string') record.id = String(point.id);
  const vector = decodeVector(point.vector, name);
  return (vector ? { ...record, vector } : record) as unknown as Stored<R>;
}

/** Whether the lifetime of a point has passed. */
export function isExpired({ payload }: ReadPoint, now: number): boolean {
  const expiresAt = payload?.[EXPIRES_AT];
  return typeof expiresAt === 'number' && expiresAt <= now;
}

/** What is wrong with a vector, or undefined. */
export function vectorFlaw(vector: unknown, size: number): string | undefined {
  if (!Array.isArray(vector)) return 'a vector must be an array of numbers; use Array.from for a typed array';
  if (vector.length !== size) return `the vector has ${vector.length} dimensions, the collection ${size}`;
  const fits = vector.every((x) => typeof x === 'number' && Math.abs(x) <= MAX_FLOAT32);
  return fits ? undefined : 'the vector holds something else than finite 32-bit floats';
}

function encodeVector({ name, size }: VectorOptions, vector: unknown): Point['vector'] {
  // The server asks for the field; no named vectors means no vector.
  if (vector === undefined) return {};
  const flaw = vectorFlaw(vector, size);
  if (flaw !== undefined) throw invalid('data', 'INVALID_VECTOR', flaw);
  const copy = [...(vector as number[])];
  return name === undefined ? copy : { [name]: copy };
}

function decodeVector(vector: unknown, name: string | undefined): unknown {
  const own =
    name === undefined || Array.isArray(vector) ? vector : (vector as Record<string, unknown>)?.[name];
  return Array.isArray(own) ? own : undefined;
}

/** The client reads large integers as bigint where Node can; a number that was stored must come back as one. */
function narrow(value: unknown): unknown {
  if (typeof value === 'bigint') return isNumber(value) ? Number(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  for (const [key, inner] of Object.entries(value)) {
    const narrowed = narrow(inner);
    // Assignment would call the setter of `__proto__`.
    if (narrowed !== inner) Object.defineProperty(value, key, { value: narrowed });
  }
  return value;
}

/** Whether a number is meant: exactly, or as JavaScript writes it, which is with zeros at the end. */
function isNumber(integer: bigint): boolean {
  const number = Number(integer);
  return BigInt(number) === integer || String(number) === String(integer);
}
