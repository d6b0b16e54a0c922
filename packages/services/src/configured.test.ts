import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findConfigured } from './configured.js';
import { fakeDefinition } from './testing/definition.fixture.js';

const url = 'fake://me:hunter2@db1:7000/x?token=hunter2';

test.each([{}, { FAKE_URL: '' }])('an unset or empty variable configures nothing', async (env) => {
  await expect(findConfigured(fakeDefinition(), { env })).resolves.toBeUndefined();
});

test('a server that answers is taken, with where its address came from', async () => {
  const server = await findConfigured(fakeDefinition(), {
    env: { FAKE_URL: url },
    provenanceOf: () => '.env.local',
  });
  expect(server).toMatchObject({
    provenance: '.env.local',
    version: '1.2.3',
    host: 'db1',
    port: 7000,
    variables: { FAKE_URL: url },
  });
});

test.each([
  ['fake://db1', 'db1', 4321],
  ['fake://[::1]:5', '::1', 5],
])('%s is %s, port %i', async (value, host, port) => {
  const server = await findConfigured(fakeDefinition(), { env: { FAKE_URL: value } });
  expect(server).toMatchObject({ host, port });
});

test.each(['hunter2', 'hunter2:7000', 'fake://', 'fake://a b'])(
  'the address %j is refused without being shown',
  async (value) => {
    const error = await findConfigured(fakeDefinition(), { env: { FAKE_URL: value } }).catch(
      (caught) => caught,
    );
    expect(error).toMatchObject({
      kind: 'configured-invalid',
      variable: 'FAKE_URL',
      message: 'FAKE_URL is set, but cannot be read as an address',
      remedy: 'Write it like fake://:PASSWORD@localhost:4321, or unset it to start a server here.',
    });
    expect(inspect(error)).not.toContain('hunter2');
  },
);

describe('a server that rejects the login', () => {
  test('is named by its address and code, without a secret', async () => {
    const refusal = Object.assign(new Error('hunter2 refused'), { code: 'ECONNREFUSED', command: 'hunter2' });
    const definition = fakeDefinition({ probe: () => Promise.reject(refusal) });
    const error = await findConfigured(definition, { env: { FAKE_URL: url } }).catch((caught) => caught);
    expect(error).toMatchObject({
      kind: 'configured-unreachable',
      endpoint: 'REDACTED@db1:7000',
      code: 'ECONNREFUSED',
      message: 'fake at REDACTED@db1:7000 (FAKE_URL from process environment) gave no login: ECONNREFUSED',
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
  });

  test('is given up in time, also if its probe hangs', async () => {
    const definition = fakeDefinition({ probe: () => new Promise(() => undefined) });
    const began = performance.now();
    const looking = findConfigured(definition, { env: { FAKE_URL: url }, probeTimeoutMs: 50 });
    await expect(looking).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
