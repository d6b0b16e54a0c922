import { randomBytes } from 'node:crypto';
import type { ServiceDefinition } from '@drydock/storage/service';
import { untilReady } from '../launch/until-ready.js';
import type { Server } from '../server.js';
import { Unavailable } from '../unavailable.js';
import { findEngine } from './engine.js';
import { importTestcontainers, type StartedContainer, type TestcontainersModule } from './testcontainers.js';

/** Milliseconds for an image to arrive and its container to listen. */
const CONTAINER_TIMEOUT_MS = 180_000;

/** Options of `startContainer`; the last two are replaced in tests. */
export interface ContainerOptions {
  readonly engineTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: (text: string) => void;
  readonly engine?: typeof findEngine;
  readonly testcontainers?: () => Promise<TestcontainersModule | undefined>;
}

/**
 * Starts the service's container through Testcontainers, which also removes it when this process dies.
 *
 * @throws {Unavailable} When there is no engine, no `testcontainers`, or the container does not answer.
 */
export async function startContainer(
  definition: ServiceDefinition,
  options: ContainerOptions,
): Promise<Server> {
  const { image } = definition.container;
  if (image === undefined) throw new Unavailable('no image');
  const engine = await (options.engine ?? findEngine)(options.engineTimeoutMs);
  if (!engine.usable) throw new Unavailable(engine.reason);
  const module = await (options.testcontainers ?? importTestcontainers)();
  if (module === undefined)
    throw new Unavailable('Docker answers, but the package `testcontainers` is not installed');
  options.onStart?.(`starting the container ${image}`);
  const password = randomBytes(18).toString('hex');
  const container = await start(module, image, definition, password, options.signal);
  try {
    return await toServer(container, definition, password, options.signal);
  } catch (error) {
    await container.stop();
    throw error;
  }
}

async function start(
  { GenericContainer }: TestcontainersModule,
  image: string,
  { container }: ServiceDefinition,
  password: string,
  signal: AbortSignal | undefined,
): Promise<StartedContainer> {
  const builder = new GenericContainer(image)
    .withExposedPorts(container.port)
    .withStartupTimeout(CONTAINER_TIMEOUT_MS);
  if (container.env !== undefined) builder.withEnvironment({ ...container.env(password) });
  if (container.command !== undefined) builder.withCommand([...container.command(password)]);
  const starting = builder.start();
  try {
    return await orAbort(starting, signal);
  } catch (error) {
    // Testcontainers takes no signal: what still comes up after an abort is stopped when it does.
    void starting.then((late) => late.stop()).catch(() => undefined);
    if (signal?.aborted) throw error;
    throw new Unavailable(`Docker could not start ${image}`);
  }
}

async function toServer(
  container: StartedContainer,
  definition: ServiceDefinition,
  password: string,
  signal: AbortSignal | undefined,
): Promise<Server> {
  const address = {
    host: container.getHost(),
    port: container.getMappedPort(definition.container.port),
    password,
  };
  const variables = definition.variables(address);
  const version = await untilReady(definition, variables, { signal });
  return {
    ...address,
    provenance: 'container',
    variables,
    version,
    stop: async () => {
      await container.stop();
    },
  };
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
