import { createRegistry } from '@drydock/workspace';
import { expect, test } from 'vitest';
import { decide } from './decide.js';
import { grantRequestFromEnvironment, resolveGrants, scopeOf } from './grants.js';

const registry = createRegistry({ markers: [{ name: 'gpu', description: 'needs a GPU' }] });

test.each([
  [{}, [], true],
  [{ level: 'slow' }, ['slow'], true],
  [{ level: 'integration' }, ['integration'], false],
  [{ level: 'integration', run: ['slow'] }, ['integration', 'slow'], false],
  [{ run: ['llm_real'] }, ['llm-real'], true],
  [{ run: ['gpu'] }, ['gpu'], true],
  [{ level: 'gpu' }, ['gpu'], false],
  [{ expression: 'llm_real and not slow' }, ['llm-real'], true],
  [{ expression: 'not llm-real' }, [], true],
  [{ expression: 'integration' }, [], true],
])('%j grants %j', (request, granted, unmarked) => {
  expect(resolveGrants(request, registry)).toMatchObject({ granted, unmarked });
});

test.each([
  [{ level: 'integraton' }, "Unknown level 'integraton'. Did you mean 'integration'?"],
  [{ run: ['slwo'] }, "Unknown marker 'slwo' in DRYDOCK_RUN. Did you mean 'slow'?"],
  [{ run: ['everything'] }, 'Known: integration, slow, llm-real, connectivity, gpu.'],
])('%j is refused', (request, message) => {
  expect(() => resolveGrants(request, registry)).toThrow(message);
});

test('a key or an address in the environment grants nothing', () => {
  const request = grantRequestFromEnvironment({ REDIS_URL: 'redis://db1', GROQ_API_KEY: 'k', CI: 'true' });
  expect(resolveGrants(request, registry).granted).toEqual([]);
});

test.each([
  [[], 'none'],
  [['slow'], 'none'],
  [['integration'], 'lan'],
  [['llm-real'], 'public'],
  [['integration', 'llm-real'], 'lan+public'],
  [['connectivity'], 'lan+public'],
])('%j opens the scope %s', (granted, scope) => {
  expect(scopeOf(granted, registry)).toBe(scope);
});

test('a test with several markers needs every grant, and the reason names the flag', () => {
  const grants = resolveGrants({ run: ['integration'] }, registry);
  expect(decide(['integration', 'gpu'], grants, registry)).toEqual({
    kind: 'gated',
    missing: ['gpu'],
    reason: 'gated: run with npx --no-install drydock run --run-gpu',
  });
  expect(decide(['integration'], grants, registry)).toEqual({ kind: 'run' });
});

test('in an Nx workspace the reason names the target too', () => {
  const inNx = { ...registry, inNx: true };
  const grants = resolveGrants({}, inNx);
  expect(decide(['gpu'], grants, inNx)).toMatchObject({
    reason: 'gated: run with --run-gpu, or nx run-many -t gpu',
  });
  expect(decide(['integration', 'gpu'], grants, inNx)).toMatchObject({
    reason: 'gated: run with --run-integration --run-gpu, or DRYDOCK_RUN=gpu nx run-many -t integration',
  });
});

test('llm-real brings the slow that it implies, but not another marker', () => {
  const grants = resolveGrants({ run: ['llm-real'] }, registry);
  expect(decide(['slow', 'llm-real'], grants, registry).kind).toBe('run');
  expect(decide(['slow'], grants, registry).kind).toBe('gated');
  expect(decide(['integration', 'slow', 'llm-real'], grants, registry).kind).toBe('gated');
});
