import { float32 } from './point.js';
import { badForm, badInput } from './refusal.js';

/** The parameters of one vector of a collection. */
export interface VectorParams {
  readonly size: number;
  readonly distance: string;
}

const DISTANCES: Readonly<
  Record<string, { score: (a: number[], b: number[]) => number; nearIsLow: boolean }>
> = {
  Cosine: { score: dot, nearIsLow: false },
  Dot: { score: dot, nearIsLow: false },
  Euclid: { score: (a, b) => Math.sqrt(sum(a, (x, i) => (x - at(b, i)) ** 2)), nearIsLow: true },
  Manhattan: { score: (a, b) => sum(a, (x, i) => Math.abs(x - at(b, i))), nearIsLow: true },
};

/** The parameters of a collection's vectors, by name. */
export function parseVectorsConfig(vectors: unknown, length: number): Record<string, VectorParams> {
  const config = (vectors ?? {}) as Record<string, unknown>;
  const byName = isParams(config) ? { '': config } : config;
  for (const params of Object.values(byName)) {
    const { size, distance } = (params ?? {}) as Partial<VectorParams>;
    if (!Number.isInteger(size) || Number(size) < 1 || !Object.hasOwn(DISTANCES, String(distance))) {
      throw badForm('data did not match any variant of untagged enum VectorsConfig', length);
    }
  }
  return byName as Record<string, VectorParams>;
}

/** Checks a vector against the collection's parameters, and returns it in the form that is stored. */
export function fit(vector: number[], name: string, config: Record<string, VectorParams>): number[] {
  const params = Object.hasOwn(config, name) ? config[name] : undefined;
  if (!params) throw badInput(`Not existing vector name error: ${name}`);
  if (vector.length !== params.size) {
    throw badInput(`Vector dimension error: expected dim: ${params.size}, got ${vector.length}`);
  }
  return params.distance === 'Cosine' ? normalise(vector) : vector.map(float32);
}

/** The score of two vectors, and whether it passes the threshold. */
export function score(
  { distance }: VectorParams,
  [one, other]: [number[], number[]],
  threshold: number | undefined,
): { score: number; enough: boolean; order: number } {
  const measure = DISTANCES[distance] ?? { score: dot, nearIsLow: false };
  const value = float32(measure.score(one, other));
  const order = measure.nearIsLow ? value : -value;
  const bound = threshold === undefined ? undefined : measure.nearIsLow ? threshold : -threshold;
  return { score: value, enough: bound === undefined || order < bound, order };
}

function normalise(vector: number[]): number[] {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector.map(float32) : vector.map((x) => float32(x / length));
}

function isParams(config: Record<string, unknown>): boolean {
  return 'size' in config && typeof config.size !== 'object';
}

function dot(a: number[], b: number[]): number {
  return sum(a, (x, i) => x * at(b, i));
}

function sum(vector: number[], term: (x: number, index: number) => number): number {
  return vector.reduce((total, x, index) => total + term(x, index), 0);
}

function at(vector: number[], index: number): number {
  return vector[index] ?? 0;
}
