import { Refusal } from './answer.js';
import type { Collection } from './collection.js';
import type { Document } from './schema.js';

const QUERY = /^\s*([^:\s]+)\s*:\s*\(\s*\[([^\]]*)\]\s*(?:,\s*k\s*:\s*(\d+))?\s*\)\s*$/;

/** The nearest documents with their distances, nearest first, by cosine. */
export function distancesOf(
  collection: Collection,
  candidates: readonly Document[],
  { text, least }: { readonly text: string; readonly least: number },
): Map<Document, number> {
  const [, name = '', numbers = '', k = '0'] = QUERY.exec(text) ?? [];
  if (name === '') throw new Refusal(400, 'Malformed vector query string.');
  const field = collection.fields.get(name);
  if (!field?.num_dim) throw new Refusal(400, `Field \`${name}\` does not have a vector query index.`);
  const vector = numbers.split(',').map(Number);
  if (vector.length !== field.num_dim) {
    throw new Refusal(400, `Query field \`${name}\` must have ${field.num_dim} dimensions.`);
  }
  const having = candidates.filter((document) => Array.isArray(document[name]));
  const distances = having.map(
    (document) => [document, distance(vector, document[name] as number[])] as const,
  );
  const nearest = distances.sort(([, a], [, b]) => a - b);
  return new Map(nearest.slice(0, Math.max(Number(k), least)));
}

function distance(one: readonly number[], other: readonly number[]): number {
  const dot = one.reduce((sum, x, index) => sum + x * (other[index] ?? 0), 0);
  const norms = Math.hypot(...one) * Math.hypot(...other);
  return Math.fround(1 - (norms === 0 ? 0 : dot / norms));
}
