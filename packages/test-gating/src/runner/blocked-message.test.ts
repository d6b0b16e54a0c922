import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attempt, formatAttempt } from '@drydock/network-guard';
import { createRegistry, type Marker } from '@drydock/workspace';
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

test.each(['README.md', 'docs/guide/guard.md'])('%s shows the message as a run prints it', (page) => {
  const registry = createRegistry({ inNx: false });
  const refused = {
    protocol: 'tcp',
    host: 'db1',
    port: 6379,
    api: 'connect',
    frame: '/repo/src/cache.test.ts:12:20',
    testName: 'keeps a value',
    file: '/repo/src/cache.test.ts',
    scope: 'none',
  } as Attempt;
  const message = formatAttempt(refused, describeRefusal(refused, { ...policy, registry }));
  expect(readFileSync(join(import.meta.dirname, '../../../..', page), 'utf8')).toContain(message);
});

test('a test without the marker is told the marker and its grant', () => {
  const { marker, flag, missing } = describeRefusal(attempt(9092), policy);
  expect([marker?.split(':')[0], flag, missing]).toEqual([
    'integration',
    'npx --no-install drydock run --run-integration',
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

/** Every refusal that a grant answers, the test that has it, and what its message may not advise any more. */
const GRANTED: readonly [string, Partial<Attempt>, Partial<GuardSettings>, string[], RegExp][] = [
  ['a server', { protocol: 'tcp' }, {}, ['integration'], /--run-|tags:/],
  ['a server over TLS', { protocol: 'tls' }, {}, ['integration'], /--run-|tags:/],
  ['a packet', { protocol: 'udp' }, {}, ['integration'], /--run-|tags:/],
  ['a name', { protocol: 'dns' }, {}, ['integration'], /--run-|tags:/],
  ['a locked server', { protocol: 'tcp' }, { lock: {} }, ['integration'], /--run-|tags:|variable/],
  ['a host of no provider', { protocol: 'tcp' }, {}, ['llm-real'], /--run-|\*\.llm-real/],
  ['a listener', { protocol: 'listen' }, { loopbackServers: true }, [], /loopback/],
  ['a marked listener', { protocol: 'listen' }, {}, ['loopback'], /loopback/],
  ['a program', { protocol: 'child' }, { driven: true }, [], /drydock run/],
  ['a debugger', { protocol: 'inspector' }, { loopbackServers: true }, ['loopback'], /loopback/i],
  ['an addon', { protocol: 'addon' }, {}, [], /DRYDOCK_GUARD/],
  ['a Unix socket', { protocol: 'unix' }, {}, ['integration'], /DRYDOCK_GUARD|--run-/],
];

test.each(GRANTED)('the refusal of %s does not advise what was done', (_, kind, settings, tags, advice) => {
  const refused = { host: 'db1', port: 9092, api: 'connect', scope: 'lan', ...kind } as Attempt;
  const guard = { ...policy.guard, ...settings };
  const message = formatAttempt(refused, describeRefusal(refused, { ...policy, guard }, tags));
  expect(message).not.toMatch(advice);
  expect(message).toMatch(/\n {2}(?:missing|allow|mock) /);
});

test('the refusal of a Unix socket names the rule that allows it', () => {
  const refused = { ...attempt(0), protocol: 'unix', host: '/run/docker.sock', port: undefined } as Attempt;
  expect(describeRefusal(refused, policy).allow).toContain("'unix:/run/docker.sock'");
  expect(describeRefusal({ ...refused, api: 'listen' }, policy).allow).toBeUndefined();
});

test('every marker that opens a network has a refusal of its own kind when it was granted', () => {
  const opening = policy.registry.markers.filter(({ scope = 'none' }: Marker) => scope !== 'none');
  for (const { name } of opening)
    expect(describeRefusal(attempt(9092), policy, [name])).toMatchObject({
      missing: expect.stringMatching(/variable|hosts/),
    });
});
