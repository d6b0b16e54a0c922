import { createRegistry } from '@drydock/workspace';
import { expect, test } from 'vitest';
import { unavailableFor } from './apply.js';
import type { GatePolicy, Unavailable } from './policy.js';

const registry = createRegistry();
const REDIS: Unavailable = { backend: 'redis', scope: 'lan', reason: 'REDIS_URL not set' };
const GROQ: Unavailable = { backend: 'groq', scope: 'public', reason: 'GROQ_API_KEY not set' };

function absent(markers: string[], tags: string[], needs: string[], unavailable: Unavailable[]) {
  const carried = registry.markers.filter(({ name }) => markers.includes(name));
  return unavailableFor(carried, tags, { needs } as unknown as GatePolicy, unavailable)?.backend;
}

test.each([
  ['a test without a marker needs nothing', [], [], ['redis'], [REDIS], undefined],
  ['a slow test needs nothing', ['slow'], [], ['redis'], [REDIS], undefined],
  ['a marked test needs the project’s server', ['integration'], [], ['redis'], [REDIS], 'redis'],
  ['a real call needs no server', ['llm-real'], [], ['redis', 'groq'], [REDIS], undefined],
  ['a test of a server needs no provider', ['integration'], [], ['redis', 'groq'], [GROQ], undefined],
  ['a real call needs the project’s provider', ['llm-real'], [], ['groq'], [GROQ], 'groq'],
  ['without a name it needs all of them', ['integration'], [], ['neo4j', 'redis'], [REDIS], 'redis'],
  ['by its tag it needs one of them', ['integration'], ['redis'], ['neo4j', 'redis'], [REDIS], 'redis'],
  ['and the others are not its own', ['integration'], ['neo4j'], ['neo4j', 'redis'], [REDIS], undefined],
])('%s', (_, markers, tags, needs, unavailable, expected) => {
  expect(absent(markers, tags, needs, unavailable)).toBe(expected);
});
