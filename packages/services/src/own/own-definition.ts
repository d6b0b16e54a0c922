import { join } from 'node:path';
import { localBinary, type ServiceDefinition, type ServiceLauncher } from '@drydock/storage/service';
import { addressVariableOf, type OwnService } from '@drydock/workspace';
import { probeAddress } from './probe-address.js';

/** What the placeholders of a service's texts stand for. */
type Places = Readonly<Record<'host' | 'port' | 'password' | 'folder', string>>;

/** Where a server listens inside its container, and where it may write. */
const IN_CONTAINER = { host: '0.0.0.0', folder: '/tmp' };

/**
 * The definition of a project's own service, as a backend's package would bring it.
 *
 * @param packageDir Absolute path of the package that declares it.
 */
export function ownDefinition(name: string, service: OwnService, packageDir: string): ServiceDefinition {
  const { image, port, url, variables, command, env = {}, ready, startTimeoutMs } = service;
  const endpoint = addressVariableOf(name, service);
  const texts = { [endpoint]: url, ...variables };
  const inContainer = (password: string) => ({ ...IN_CONTAINER, port: String(port), password });
  return {
    backend: name,
    endpoint,
    container: {
      ...(image !== undefined && { image }),
      port,
      env: (password) => filledAll(env, inContainer(password)),
      ...(command && {
        command: (password: string) => command.map((word) => filled(word, inContainer(password))),
      }),
    },
    launchers: programOf(service) === undefined ? [] : [launcherOf(service, packageDir)],
    variables: ({ host, port: actual, password }) =>
      filledAll(texts, { host, port: String(actual), password, folder: '' }),
    probe: async (values, timeoutMs) => {
      await probeAddress(values[endpoint] ?? '', { usualPort: port, ready, timeoutMs });
      return { version: '' };
    },
    ...(startTimeoutMs !== undefined && { startTimeoutMs }),
    remedy: remedyOf(name, service),
  };
}

function programOf({ command = [] }: OwnService): string | undefined {
  return command[0]?.startsWith('-') ? undefined : command[0];
}

function launcherOf({ command = [], env = {} }: OwnService, packageDir: string): ServiceLauncher {
  const [program = '', ...args] = command.map((word) =>
    /^\.{1,2}\//.test(word) ? join(packageDir, word) : word,
  );
  return localBinary([program], async (file, { port, password, dataDir }) => {
    const places = { host: '127.0.0.1', port: String(port), password, folder: dataDir };
    if (![...args, ...Object.values(env)].some((text) => text.includes('{port}')))
      throw new Error(`its command does not say {port}, so that \`${program}\` would not listen there`);
    return { file, args: args.map((word) => filled(word, places)), env: filledAll(env, places) };
  });
}

function remedyOf(name: string, service: OwnService): string {
  const program = programOf(service);
  const ways = [
    `Set ${addressVariableOf(name, service)}`,
    ...(service.image === undefined ? [] : ['start Docker (with the package testcontainers installed)']),
    program === undefined
      ? `give services.${name} a \`command\` that starts a program of this machine`
      : `install \`${program}\``,
  ];
  return `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}.`;
}

function filledAll(texts: Readonly<Record<string, string>>, places: Places): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, filled(text, places)]));
}

/** A text with its placeholders filled in; other braces stay as they are. */
function filled(text: string, places: Places): string {
  return text.replace(/\{(host|port|password|folder)\}/g, (_, name: keyof Places) => places[name]);
}
