import { ServiceError, type ServiceErrorKind } from '@drydock/services';
import { beforeEach, expect, test, vi } from 'vitest';
import { services } from './services.js';

const found = vi.hoisted(() => ({
  discoverServices: vi.fn(),
  up: vi.fn(),
  status: vi.fn(),
  environment: vi.fn(),
}));
vi.mock('@drydock/services', async (original) => ({ ...(await original<object>()), ...found }));

const service = { version: '7.0.15', provenance: 'local binary', host: '127.0.0.1', port: 7001 };
const REMEDY = 'Set QDRANT_URL.';
/** What stands in the way of a backend's server. */
let obstacles: Record<string, ServiceErrorKind>;

beforeEach(() => {
  obstacles = {};
  const known = ['redis', 'qdrant'].map((backend) => ({ backend, load: async () => ({ backend }) }));
  found.discoverServices.mockReturnValue(known);
  found.up.mockImplementation(async ({ backend }: { backend: string }) => {
    const kind = obstacles[backend];
    if (kind === undefined) return service;
    throw new ServiceError({
      kind,
      backend,
      message: 'no way',
      reason: 'QDRANT_URL not set',
      remedy: REMEDY,
    });
  });
  found.status.mockResolvedValue([{ backend: 'redis', ...service, alive: true }]);
  found.environment.mockResolvedValue({ REDIS_URL: 'redis://127.0.0.1:7001' });
});

async function runServices(action: string, ...backends: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const code = await services(action, backends, '/workspace');
  const text = (spy: typeof out) => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
  const all = { code, stdout: text(out), stderr: text(err) };
  vi.restoreAllMocks();
  return all;
}

test.each<[string, string[], Record<string, ServiceErrorKind>, number]>([
  ['all that is named is up', ['redis'], {}, 0],
  ['one that is named is unavailable', ['redis', 'qdrant'], { qdrant: 'unavailable' }, 3],
  ['one of all is unavailable', [], { qdrant: 'unavailable' }, 0],
  ['all are unavailable', [], { redis: 'unavailable', qdrant: 'unavailable' }, 3],
  ['one that is configured does not answer', [], { redis: 'configured-unreachable' }, 4],
  ['one address is malformed', [], { redis: 'configured-invalid', qdrant: 'configured-unreachable' }, 2],
  ['the worst wins', ['redis', 'qdrant'], { redis: 'configured-unreachable', qdrant: 'unavailable' }, 3],
])('up, where %s', async (_, backends, standing, expected) => {
  obstacles = standing;
  expect((await runServices('up', ...backends)).code).toBe(expected);
});

test('a model in the place of a provider is started by its name alone, or as llm', async () => {
  const record = (backend: string, ofProvider = false) => ({
    backend,
    ofProvider,
    load: async () => ({ backend }),
  });
  found.discoverServices.mockReturnValue([record('redis'), record('openai', true)]);
  const started = async (...names: string[]) => {
    found.up.mockClear();
    await runServices('up', ...names);
    return found.up.mock.calls.map(([{ backend }]) => backend);
  };
  expect(await started()).toEqual(['redis']);
  expect(await started('llm')).toEqual(['openai']);
  expect(await started('openai')).toEqual(['openai']);
});

test('up names the reason why there is no server, and the remedy', async () => {
  obstacles = { qdrant: 'unavailable' };
  const { stdout } = await runServices('up', 'redis', 'qdrant');
  expect(stdout).toBe(
    [
      ' redis   7.0.15  local binary  127.0.0.1:7001',
      ' qdrant  unavailable: QDRANT_URL not set',
      '',
      ' variables: npx --no-install drydock services env   stop: npx --no-install drydock services down',
      '',
      ` remedy  qdrant  ${REMEDY}`,
      '',
    ].join('\n'),
  );
  expect((await runServices('up', 'qdrant')).stdout).not.toContain('variables:');
});

test('env asks for what is named, and for all where nothing is', async () => {
  const { code, stdout, stderr } = await runServices('env', 'redis');
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'REDIS_URL="redis://127.0.0.1:7001"\n',
    stderr: '',
  });
  expect(found.environment).toHaveBeenLastCalledWith(expect.any(String), ['redis']);
  await runServices('env');
  expect(found.environment).toHaveBeenLastCalledWith(expect.any(String), undefined);
});

test('env of what is not up fails, and says so where no program reads', async () => {
  found.environment.mockResolvedValue({});
  const { code, stdout, stderr } = await runServices('env', 'qdrant');
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain('drydock services up qdrant');
});

test('status lists what is named', async () => {
  expect((await runServices('status')).stdout).toContain('redis');
  expect((await runServices('status', 'qdrant')).stdout).toBe(
    ' No server is up. Start them: npx --no-install drydock services up qdrant\n',
  );
});
