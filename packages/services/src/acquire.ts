import type { ServiceDefinition, ServiceLauncher } from '@drydock/storage/service';
import { AcquiredService } from './acquired-service.js';
import { findConfigured } from './configured.js';
import { startContainer } from './docker/container.js';
import { findKept } from './kept/find-kept.js';
import { launch } from './launch/launch.js';
import { defaultTempDir } from './launch/open-folder.js';
import { defaultCacheDir } from './packages/cache-dir.js';
import type { Server } from './server.js';
import type { AcquireOptions, Attempt, ProgressEvent, Way } from './service.js';
import { ServiceError } from './service-error.js';
import { Unavailable } from './unavailable.js';

const DOCKER_TIMEOUT_MS = 1_000;
const FETCH_TIMEOUT_MS = 300_000;

/** Functions behind the ways; replaced in tests. */
export interface AcquireTools {
  readonly findConfigured: typeof findConfigured;
  readonly findKept: typeof findKept;
  readonly startContainer: typeof startContainer;
  readonly launch: typeof launch;
}

const TOOLS: AcquireTools = { findConfigured, findKept, startContainer, launch };

/** One way to get the server; undefined or a rejection with {@link Unavailable} lets the next way try. */
interface Candidate {
  readonly way: Way;
  get(): Promise<Server | undefined>;
}

/**
 * Finds or starts a backend's real server: the configured address, else a container, a local binary, an embedded package.
 *
 * A server that was started ends with this process, however this process ends.
 *
 * @throws {ServiceError} `configured-unreachable`, `configured-invalid`, `unavailable` or `aborted`.
 */
export async function acquire(
  definition: ServiceDefinition,
  options: AcquireOptions = {},
  tools: AcquireTools = TOOLS,
): Promise<AcquiredService> {
  const { backend } = definition;
  const attempts: Attempt[] = [];
  try {
    for (const { way, get } of candidates(definition, options, tools)) {
      if (options.ways !== undefined && !options.ways.includes(way)) continue;
      options.signal?.throwIfAborted();
      const server = await get().catch((error: unknown) => noteFailure(attempts, way, error));
      if (server !== undefined) return new AcquiredService(backend, server, attempts);
    }
  } catch (error) {
    if (options.signal?.aborted) throw aborted(definition);
    throw error;
  } finally {
    options.onProgress?.({ backend, phase: 'done', text: '' });
  }
  throw unavailable(definition, attempts);
}

function candidates(
  definition: ServiceDefinition,
  options: AcquireOptions,
  tools: AcquireTools,
): readonly Candidate[] {
  const { backend, endpoint, container } = definition;
  const { stateDir } = options;
  const report = (phase: ProgressEvent['phase']) => (text: string) =>
    options.onProgress?.({ backend, phase, text });
  const fetch = {
    cacheDir: options.cacheDir ?? defaultCacheDir(),
    timeoutMs: options.fetchTimeoutMs ?? FETCH_TIMEOUT_MS,
    signal: options.signal,
    onFetch: report('fetching'),
  };
  const common = { signal: options.signal, onStart: report('starting') };
  const start = async (launcher: ServiceLauncher) => {
    const tempDir = options.tempDir ?? (await defaultTempDir());
    return tools.launch(definition, launcher, { ...common, fetch, tempDir });
  };
  return [
    {
      way: 'configured',
      get: async () => (await tools.findConfigured(definition, options)) ?? notSet(endpoint),
    },
    {
      way: 'kept',
      get: async () => (stateDir === undefined ? undefined : tools.findKept(definition, stateDir)),
    },
    {
      way: 'container',
      get: async () =>
        container.image === undefined
          ? undefined
          : tools.startContainer(definition, {
              ...common,
              engineTimeoutMs: options.dockerTimeoutMs ?? DOCKER_TIMEOUT_MS,
            }),
    },
    ...definition.launchers.map((launcher) => ({ way: launcher.provenance, get: () => start(launcher) })),
  ];
}

function notSet(variable: string): never {
  throw new Unavailable(`${variable} not set`);
}

function noteFailure(attempts: Attempt[], way: Way, error: unknown): undefined {
  if (!(error instanceof Unavailable)) throw error;
  attempts.push({ way, reason: error.message, log: error.log });
}

function unavailable(definition: ServiceDefinition, attempts: readonly Attempt[]): ServiceError {
  const { backend, remedy } = definition;
  const reason =
    [...new Set(attempts.map((attempt) => attempt.reason))].join(', ') ||
    'the options allow no way to get one';
  const logs = attempts
    .filter(({ log }) => log.length > 0)
    .flatMap(({ way, log }) => [`  ${way}:`, ...log.map((line) => `    ${line}`)]);
  const message = [`${backend} is unavailable: ${reason}`, ...logs].join('\n');
  return new ServiceError({ kind: 'unavailable', backend, message, reason, remedy, attempts });
}

function aborted({ backend }: ServiceDefinition): ServiceError {
  const message = `the caller aborted the search for ${backend}`;
  return new ServiceError({
    kind: 'aborted',
    backend,
    message,
    remedy: 'Call acquire again, without aborting its signal.',
  });
}
