import { expect, test } from 'vitest';
import { acquire } from '../acquire.js';
import { startContainer } from '../docker/container.js';
import { ownDefinition } from './own-definition.js';

const MONGO = {
  image: 'mongo:8',
  port: 27_017,
  url: 'mongodb://app:{password}@{host}:{port}',
  variables: { MONGO_PASSWORD: '{password}' },
  command: ['mongod', '--port', '{port}', '--bind_ip', '{host}', '--dbpath', '{folder}', './seed.js'],
  env: { ROOT_PASSWORD: '{password}', LITERAL: '{other}' },
};
const PLACE = { host: 'db1', port: 40_000, password: 'pw' };

test('its texts are filled for the tests, for the container and for the program', async () => {
  const definition = ownDefinition('mongo', MONGO, '/repo');
  expect(definition.endpoint).toBe('MONGO_URL');
  expect(definition.variables(PLACE)).toEqual({
    MONGO_URL: 'mongodb://app:pw@db1:40000',
    MONGO_PASSWORD: 'pw',
  });
  expect(definition.container.command?.('pw')).toEqual([
    ...['mongod', '--port', '27017', '--bind_ip', '0.0.0.0', '--dbpath', '/tmp', './seed.js'],
  ]);
  expect(definition.container.env?.('pw')).toEqual({ ROOT_PASSWORD: 'pw', LITERAL: '{other}' });
  await expect(programOf(definition)).resolves.toEqual({
    file: '/usr/bin/mongod',
    args: ['--port', '5000', '--bind_ip', '127.0.0.1', '--dbpath', '/data', '/repo/seed.js'],
    env: { ROOT_PASSWORD: 'pw', LITERAL: '{other}' },
  });
});

test('a program that is not told its port is not started', async () => {
  const definition = ownDefinition('mongo', { ...MONGO, command: ['mongod'] }, '/repo');
  await expect(programOf(definition)).rejects.toThrow('its command does not say {port}');
});

test.each([
  [MONGO, 'Set MONGO_URL, start Docker (with the package testcontainers installed) or install `mongod`.'],
  [
    { image: 'mongo:8', port: 1, url: 'mongodb://{host}:{port}', command: ['--replSet', 'rs0'] },
    'Set MONGO_URL, start Docker (with the package testcontainers installed) or give services.mongo a `command` that starts a program of this machine.',
  ],
  [
    { port: 1, url: 'http://{host}:{port}', variable: 'BILLING_API', command: ['node', '{port}'] },
    'Set BILLING_API or install `node`.',
  ],
])('where there is none, the remedy names what would help: %j', async (service, remedy) => {
  const definition = ownDefinition('mongo', service, '/repo');
  const ways = ['configured', 'container'] as const;
  await expect(acquire(definition, { env: {}, ways })).rejects.toMatchObject({ kind: 'unavailable', remedy });
});

test('a service without an image does not tell of a container', async () => {
  const definition = ownDefinition('api', { port: 1, url: 'http://{host}:{port}' }, '/repo');
  await expect(acquire(definition, { env: {} })).rejects.toMatchObject({ reason: 'API_URL not set' });
});

test('Docker gets the image, the environment and the command', async () => {
  const calls: unknown[] = [];
  class GenericContainer {
    constructor(image: string) {
      calls.push(image);
    }
    withExposedPorts = (port: number) => this.#note('port', port);
    withEnvironment = (variables: object) => this.#note('env', Object.keys(variables));
    withCommand = ([program]: string[]) => this.#note('command', program);
    withStartupTimeout = () => this;
    start = async () => ({ getHost: () => 'db1', getMappedPort: () => 40_000, stop: async () => undefined });
    #note(...call: unknown[]): this {
      calls.push(call);
      return this;
    }
  }
  const definition = { ...ownDefinition('mongo', MONGO, '/repo'), probe: async () => ({ version: '' }) };
  const server = await startContainer(definition, {
    engineTimeoutMs: 1,
    engine: async () => ({ usable: true }),
    testcontainers: async () => ({ GenericContainer }),
  });
  expect(calls).toEqual([
    'mongo:8',
    ['port', 27_017],
    ['env', ['ROOT_PASSWORD', 'LITERAL']],
    ['command', 'mongod'],
  ]);
  expect(server.variables.MONGO_URL).toMatch(/^mongodb:\/\/app:[0-9a-f]{36}@db1:40000$/);
});

function programOf({ launchers }: ReturnType<typeof ownDefinition>) {
  return Promise.resolve().then(() =>
    launchers[0]?.prepare({
      dataDir: '/data',
      port: 5000,
      password: 'pw',
      which: async (name: string) => `/usr/bin/${name}`,
    } as never),
  );
}
