import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { type AcquireTools, acquire } from './acquire.js';
import type { Server } from './server.js';
import { ServiceError } from './service-error.js';
import { fakeDefinition } from './testing/definition.fixture.js';
import { Unavailable } from './unavailable.js';

const never = { prepare: async () => undefined };
const definition = fakeDefinition({
  launchers: [
    { ...never, provenance: 'local binary' },
    { ...never, provenance: 'embedded package' },
  ],
});

describe('the ways are tried in order', () => {
  test.each([
    ['configured', []],
    ['container', ['configured']],
    ['local binary', ['configured', 'container']],
    ['embedded package', ['configured', 'container', 'local binary']],
  ])('%s comes after %j', async (way, before) => {
    const service = await acquire(definition, {}, toolsWith(way));
    expect(service.provenance).toBe(way);
    expect(service.attempts.map((attempt) => attempt.way)).toEqual(before);
  });

  test('one that was left running comes before a new one', async () => {
    const service = await acquire(definition, { stateDir: '/state' }, toolsWith('kept'));
    expect(service.provenance).toBe('kept');
    expect(service.attempts.map((attempt) => attempt.way)).toEqual(['configured']);
  });

  test('only the allowed ones', async () => {
    const tools = toolsWith('container');
    const service = await acquire(definition, { ways: ['local binary', 'container'] }, tools);
    expect(service.provenance).toBe('container');
    expect(tools.findConfigured).not.toHaveBeenCalled();
  });
});

test('where none is left, every reason is given with the remedy', async () => {
  const error = await acquire(definition, {}, toolsWith('none')).catch((caught) => caught);
  expect(ServiceError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({
    kind: 'unavailable',
    reason: 'FAKE_URL not set, no container, no local binary, no embedded package',
    message: 'fake is unavailable: FAKE_URL not set, no container, no local binary, no embedded package',
    remedy: 'Install fake.',
  });
});

test('the last lines of a program that failed are part of the message', async () => {
  const launched = vi
    .fn()
    .mockRejectedValue(new Unavailable('the server exited with code 1', ['no space left']));
  const error = await acquire(definition, {}, { ...toolsWith('none'), launch: launched }).catch(
    (caught) => caught,
  );
  expect(error.reason).toBe('FAKE_URL not set, no container, the server exited with code 1');
  expect(error.message).toContain(
    '\n  local binary:\n    no space left\n  embedded package:\n    no space left',
  );
});

test('a configured server that does not answer ends the search', async () => {
  const down = new ServiceError({ kind: 'configured-unreachable', backend: 'fake', message: '', remedy: '' });
  const tools = { ...toolsWith('container'), findConfigured: vi.fn().mockRejectedValue(down) };
  await expect(acquire(definition, {}, tools)).rejects.toBe(down);
  expect(tools.startContainer).not.toHaveBeenCalled();
});

test('an error of our own code is not reported as an unavailable server', async () => {
  const fault = new TypeError('a bug');
  const tools = { ...toolsWith('none'), launch: vi.fn().mockRejectedValue(fault) };
  await expect(acquire(definition, {}, tools)).rejects.toBe(fault);
});

test('an aborted search rejects with the kind aborted', async () => {
  const signal = AbortSignal.abort();
  await expect(acquire(definition, { signal }, toolsWith('container'))).rejects.toMatchObject({
    kind: 'aborted',
  });
});

test('progress ends with the search', async () => {
  const onProgress = vi.fn();
  await acquire(definition, { onProgress }, toolsWith('container'));
  expect(onProgress).toHaveBeenLastCalledWith({ backend: 'fake', phase: 'done', text: '' });
});

test('a service shows the names of its variables and no value', async () => {
  const service = await acquire(definition, {}, toolsWith('container'));
  expect(service.variables.FAKE_URL).toContain('hunter2');
  const shown = [inspect(service, { depth: 9, showHidden: true }), JSON.stringify(service), `${service}`];
  expect(shown.join()).not.toContain('hunter2');
  expect(JSON.parse(JSON.stringify(service)).variables).toEqual(['FAKE_URL']);
});

function toolsWith(way: string) {
  const server = (provenance: string): Server => ({
    provenance,
    version: '1',
    host: '127.0.0.1',
    port: 1,
    variables: { FAKE_URL: 'fake://:hunter2@127.0.0.1:1' },
    stop: async () => undefined,
  });
  const serverOr = async (provenance: string) => {
    if (provenance === way) return server(provenance);
    throw new Unavailable(`no ${provenance}`);
  };
  return {
    findConfigured: vi.fn(async () => (way === 'configured' ? server(way) : undefined)),
    findKept: vi.fn(async () => (way === 'kept' ? server(way) : undefined)),
    startContainer: vi.fn(() => serverOr('container')),
    launch: vi.fn((_definition, launcher) => serverOr(launcher.provenance)),
  } satisfies AcquireTools;
}
