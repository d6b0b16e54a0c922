import { hash } from 'node:crypto';
import { EXACT, type FieldOptions } from './fields.js';

type Fields = ReadonlyMap<string, FieldOptions>;

/**
 * Whether conditions on fields of this type ask the companion: the server compares texts by their words, without case
 * and signs, and rounds a `float` to 32 bits.
 */
export function isExactType(type: string): boolean {
  return /^string/.test(type) || type === 'float';
}

/** What the companion of a record holds: for each such field its mark, and each of its values. */
export function exactTokens(fields: Fields, record: object): string[] {
  const tokens = exactNames(fields).flatMap((name) => {
    const values = [Reflect.get(record, name) ?? []].flat();
    return [markOf(name), ...values.map((value) => tokenOf(name, value))];
  });
  return [...new Set(tokens)];
}

/** Fields whose values stand in the companion. */
export function exactNames(fields: Fields): string[] {
  return [...fields].filter(([, { type }]) => isExactType(type)).map(([name]) => name);
}

/** Has one of these values, character by character. */
export function exactly(name: string, values: readonly unknown[]): string {
  return `${EXACT}:=${list(name, values)}`;
}

/** Has none of these values; the property may be missing. */
export function otherThan(name: string, values: readonly unknown[]): string {
  return `${EXACT}:!=${list(name, values)}`;
}

/** Whether the companion knows the property: it was declared where the record was written. */
export function covered(name: string, yes: boolean): string {
  return `${EXACT}:${yes ? '=' : '!='}${markOf(name)}`;
}

function list(name: string, values: readonly unknown[]): string {
  return `[${values.map((value) => tokenOf(name, value)).join(',')}]`;
}

function markOf(name: string): string {
  return digest([name]);
}

function tokenOf(name: string, value: unknown): string {
  return digest([name, value]);
}

/** 128 bits in digits and small letters: one word for the server, which it compares as it is. */
function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);
}
