import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { EndpointLock } from './endpoint-lock.js';

/** One connection that a networked test made. */
interface Observation {
  readonly marker: string;
  readonly endpoint: string;
}

/** Appends an endpoint for a marker; several processes may write to the same file. */
export function noteEndpoint(file: string, observation: Observation): void {
  appendFileSync(file, `${JSON.stringify(observation)}\n`);
}

/** Reads the endpoints that all workers of a run noted, by marker. */
export function readObservedEndpoints(file: string): EndpointLock {
  if (!existsSync(file)) return {};
  const observed: Record<string, string[]> = {};
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { marker, endpoint } = JSON.parse(line) as Observation;
    observed[marker] = [...new Set([...(observed[marker] ?? []), endpoint])];
  }
  return observed;
}
