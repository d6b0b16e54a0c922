import { expect, test, vi } from 'vitest';
import { fakeDefinition } from '../testing/definition.fixture.js';
import { type ContainerOptions, startContainer } from './container.js';

const definition = fakeDefinition({
  container: {
    image: 'fake:1',
    port: 4321,
    env: (password) => ({ PASSWORD: password }),
    command: (password) => ['serve', password],
  },
});

test('the container gets the password, and the variables its mapped port', async () => {
  const { options, calls } = fakeDocker();
  const server = await startContainer(definition, options);
  const password = String(calls.withCommand?.[0]?.[1]);
  expect(password).toMatch(/^[0-9a-f]{36}$/);
  expect(calls).toMatchObject({
    image: 'fake:1',
    withExposedPorts: [4321],
    withEnvironment: [{ PASSWORD: password }],
  });
  expect(server).toMatchObject({
    provenance: 'container',
    version: '1.2.3',
    port: 40_000,
    variables: { FAKE_URL: `fake://:${password}@docker-host:40000` },
  });
  await server.stop();
  expect(calls.stopped).toBe(1);
});

test('without an engine nothing is imported', async () => {
  const testcontainers = vi.fn();
  const engine = async () => ({ usable: false as const, reason: 'no Docker' });
  await expect(startContainer(definition, { engineTimeoutMs: 1, engine, testcontainers })).rejects.toThrow(
    'no Docker',
  );
  expect(testcontainers).not.toHaveBeenCalled();
});

test('an engine without the package makes the container unavailable', async () => {
  const options = { ...fakeDocker().options, testcontainers: async () => undefined };
  await expect(startContainer(definition, options)).rejects.toMatchObject({
    name: 'Unavailable',
    message: 'Docker answers, but the package `testcontainers` is not installed',
  });
});

test('an image that cannot be fetched makes the container unavailable', async () => {
  const { options } = fakeDocker({ start: () => Promise.reject(new Error('pull access denied')) });
  await expect(startContainer(definition, options)).rejects.toMatchObject({
    name: 'Unavailable',
    message: 'Docker could not start fake:1',
  });
});

test('a container whose server does not answer is stopped', async () => {
  const { options, calls } = fakeDocker();
  const silent = { ...definition, startTimeoutMs: 50, probe: () => Promise.reject(new Error('no')) };
  await expect(startContainer(silent, options)).rejects.toThrow('did not answer within 50 ms');
  expect(calls.stopped).toBe(1);
});

test('a container that comes up after the search was called off is stopped', async () => {
  let comeUp = (): void => undefined;
  const up = new Promise<void>((resolve) => {
    comeUp = resolve;
  });
  const { options, calls } = fakeDocker({ start: () => up });
  const controller = new AbortController();
  const starting = startContainer(definition, {
    ...options,
    signal: controller.signal,
    onStart: () => undefined,
  });
  setImmediate(() => controller.abort());
  await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
  comeUp();
  await vi.waitFor(() => expect(calls.stopped).toBe(1));
});

interface Calls {
  image?: string;
  withCommand?: string[][];
  stopped: number;
  [method: string]: unknown;
}

function fakeDocker({ start = async (): Promise<unknown> => undefined } = {}) {
  const calls: Calls = { stopped: 0 };
  class GenericContainer {
    constructor(image: string) {
      calls.image = image;
    }
    withExposedPorts = (...args: unknown[]) => this.#note('withExposedPorts', args);
    withEnvironment = (...args: unknown[]) => this.#note('withEnvironment', args);
    withCommand = (...args: unknown[]) => this.#note('withCommand', args);
    withStartupTimeout = (...args: unknown[]) => this.#note('withStartupTimeout', args);
    async start() {
      await start();
      return {
        getHost: () => 'docker-host',
        getMappedPort: () => 40_000,
        stop: async () => {
          calls.stopped += 1;
        },
      };
    }
    #note(method: string, args: unknown[]): this {
      calls[method] = args;
      return this;
    }
  }
  const options: ContainerOptions = {
    engineTimeoutMs: 1,
    engine: async () => ({ usable: true }),
    testcontainers: async () => ({ GenericContainer }),
  };
  return { options, calls };
}
