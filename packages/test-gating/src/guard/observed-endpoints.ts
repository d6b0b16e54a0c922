import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { EndpointLock } from './endpoint-lock.js';

/** One connection that a networked test made. */
interface Observation {
  readonly marker: string;
  readonly endpoint: string;
}

/** Notes an endpoint for a marker; several processes may write to one file. */
export function noteEndpoint(file: string, observation: Observation): void {
  appendFileSync(file, `${JSON.stringify(observation)}\n`);
}

/** What all workers of a run noted, by marker. */
export function readLearned(file: string): EndpointLock {
  if (!existsSync(file)) return {};
  const learned: Record<string, string[]> = {};
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { marker, endpoint } = JSON.parse(line) as Observation;
    learned[marker] = [...new Set([...(learned[marker] ?? []), endpoint])];
  }
  return learned;
}
