import type { Attempt } from '@drydock/network-guard';
import { createRegistry } from '@drydock/workspace';
import { expect, test } from 'vitest';
import type { GatePolicy, GuardSettings } from '../gate/policy.js';
import { describeRefusal } from './blocked-message.js';

const endpoints: GuardSettings['endpoints'] = [
  { variable: 'KAFKA_BROKERS', scope: 'lan', example: 'localhost:9092' },
  { variable: 'AI_BASE_URL', scope: 'public', example: 'https://ai.example/v1' },
];
const policy = {
  registry: createRegistry(),
  grants: { level: 'test', granted: [], unmarked: true },
  guard: { endpoints, providers: [] as readonly string[] } as GuardSettings,
} satisfies GatePolicy;
const attempt = (port: number) => ({ protocol: 'tcp', host: 'db1', port }) as Attempt;

test('a test without the marker is told the marker and its grant', () => {
  const { marker, flag, missing } = describeRefusal(attempt(9092), policy);
  expect([marker?.split(':')[0], flag, missing]).toEqual([
    'integration',
    'drydock run --run-integration',
    undefined,
  ]);
});

test.each([
  [9092, 'set that of the server, such as KAFKA_BROKERS, or'],
  [443, 'set that of the server, or'],
])('a test with the marker is told which variable is missing for port %i, and no grant', (port, words) => {
  const { missing, marker, flag } = describeRefusal(attempt(port), policy, ['integration']);
  expect(missing).toContain(`no variable that is set holds db1:${port}: ${words}`);
  expect([marker, flag]).toEqual([undefined, undefined]);
});
