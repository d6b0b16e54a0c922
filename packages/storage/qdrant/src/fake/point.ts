import { badForm } from './refusal.js';

/** Id of a point. */
export type PointId = number | string;

/** A point as the server keeps it. */
export interface StoredPoint {
  readonly id: PointId;
  /** Number of the operation that changed it last. */
  version: number;
  /** Vectors by name; the one without a name has an empty name. */
  vectors: Record<string, number[]>;
  payload: Record<string, unknown>;
}

/** A point as a request holds it. */
export interface NewPoint {
  readonly id: PointId;
  readonly vectors: Record<string, number[]>;
  readonly payload: Record<string, unknown>;
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** Checks an id; `length` is the length of the body, where the server's message names the place. */
export function parseId(value: unknown, length?: number): PointId {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (typeof value === 'string' && UUID.test(value)) {
    const digits = value.replaceAll('-', '').toLowerCase();
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
  throw badForm(
    `value ${value} is not a valid point ID, valid values are either an unsigned integer or a UUID`,
    length,
  );
}

/** Checks the form of a point. */
export function parsePoint(value: unknown): NewPoint {
  const { id, vector, payload } = value as Record<string, unknown>;
  const known = parseId(id);
  if (vector === undefined) throw badForm('missing field `vector`');
  return { id: known, vectors: parseVectors(vector), payload: (payload ?? {}) as Record<string, unknown> };
}

/** Compares ids as the server sorts them: numbers first, then UUIDs. */
export function compareIds(one: PointId, other: PointId): number {
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The number as 32 bits hold it, in its shortest decimal form. */
export function float32(value: number): number {
  const rounded = Math.fround(value);
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(rounded.toPrecision(digits));
    if (Math.fround(short) === rounded) return short;
  }
  return Number(rounded.toPrecision(9));
}

function parseVectors(vector: unknown): Record<string, number[]> {
  if (isVector(vector)) return { '': vector.map(float32) };
  const named = typeof vector === 'object' && vector !== null && !Array.isArray(vector);
  const entries = named ? Object.entries(vector) : [];
  if (!named || !entries.every(([, one]) => isVector(one))) {
    throw badForm('data did not match any variant of untagged enum VectorStruct');
  }
  return Object.fromEntries(entries.map(([name, one]) => [name, (one as number[]).map(float32)]));
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((x) => typeof x === 'number');
}
