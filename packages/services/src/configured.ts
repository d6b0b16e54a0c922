import type { ServiceDefinition } from '@drydock/storage/service';
import { codeOf } from './code-of.js';
import { firstAddress } from './own/first-address.js';
import type { Server } from './server.js';
import type { AcquireOptions } from './service.js';
import { ServiceError } from './service-error.js';

const PROBE_TIMEOUT_MS = 7_000;

/** A configured server that answers; undefined when nobody configured one. */
export async function findConfigured(
  definition: ServiceDefinition,
  options: AcquireOptions,
): Promise<Server | undefined> {
  const { backend, endpoint: variable } = definition;
  const env = options.env ?? process.env;
  const value = env[variable];
  if (!value) return undefined;
  const address = parseAddress(value, definition);
  if (address === undefined) throw invalid(definition);
  const provenance = options.provenanceOf?.(variable) ?? 'process environment';
  const variables = pick(env, variableNames(definition));
  try {
    const { version } = await probe(definition, variables, options);
    return { provenance, version, variables, ...address, stop: async () => undefined };
  } catch (error) {
    options.signal?.throwIfAborted();
    const code = codeOf(error);
    throw new ServiceError({
      kind: 'configured-unreachable',
      backend,
      variable,
      endpoint: address.shown,
      code,
      message: `${backend} at ${address.shown} (${variable} from ${provenance}) gave no login: ${code ?? 'no code'}`,
      remedy: `Check the server and ${variable}, or unset it to start one here`,
    });
  }
}

/** Probes with a deadline of its own, since a definition's probe may miss its deadline. */
async function probe(
  definition: ServiceDefinition,
  variables: Readonly<Record<string, string>>,
  options: AcquireOptions,
): Promise<{ version: string }> {
  const timeoutMs = options.probeTimeoutMs ?? PROBE_TIMEOUT_MS;
  const late = AbortSignal.timeout(timeoutMs + 500);
  const end = options.signal ? AbortSignal.any([late, options.signal]) : late;
  const ended = new Promise<never>((_, reject) => {
    end.addEventListener('abort', () => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), {
      once: true,
    });
  });
  return Promise.race([definition.probe(variables, timeoutMs), ended]);
}

function parseAddress(written: string, definition: ServiceDefinition) {
  const { container } = definition;
  const value = firstOf(written, definition);
  // An address without a protocol, as `db1:7687`, would parse with the host as its protocol.
  if (!value.includes('://') || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === '') return undefined;
  const port = Number(url.port) || container.port;
  const user = url.username !== '' || url.password !== '' ? 'REDACTED@' : '';
  return { host, port, shown: `${user}${url.hostname}:${port}` };
}

/** The first address of a list; with a protocol where the service's own addresses have none, as those of Kafka. */
function firstOf(written: string, definition: ServiceDefinition): string {
  const first = firstAddress(written);
  return exampleOf(definition).includes('://') ? first : `tcp://${first}`;
}

function exampleOf({ endpoint, variables, container }: ServiceDefinition): string {
  return variables({ host: 'localhost', port: container.port, password: 'PASSWORD' })[endpoint] ?? '';
}

function invalid(definition: ServiceDefinition): ServiceError {
  const { backend, endpoint } = definition;
  const example = exampleOf(definition);
  return new ServiceError({
    kind: 'configured-invalid',
    backend,
    variable: endpoint,
    message: `${endpoint} is set, but cannot be read as an address`,
    remedy: `Write it like ${example}, or unset it to start a server here.`,
  });
}

/** Names of the variables that the service reads. */
export function variableNames(definition: ServiceDefinition): readonly string[] {
  return Object.keys(definition.variables({ host: '127.0.0.1', port: 1, password: '' }));
}

function pick(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Record<string, string> {
  const entries = names.map((name) => [name, env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
