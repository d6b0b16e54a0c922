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

/** How to find or start a Qdrant for integration tests; no package registry carries the server. */
export const service: ServiceDefinition = {
  backend: 'qdrant',
  endpoint: 'QDRANT_URL',
  startTimeoutMs: 30_000,
  remedy:
    'Set QDRANT_URL (and QDRANT_API_KEY where the server has one), start Docker, or put the program `qdrant` of a release of Qdrant on the PATH; no registry has a package of it.',
  container: {
    image: 'qdrant/qdrant:v1.19.0',
    port: 6333,
    env: (password) => ({ QDRANT__SERVICE__API_KEY: password, QDRANT__TELEMETRY_DISABLED: 'true' }),
    shared: {
      memory: '512m',
      // The image has neither curl nor wget.
      healthcheck: [
        ...['CMD', 'bash', '-c'],
        "exec 3<>/dev/tcp/127.0.0.1/6333 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3",
      ],
    },
  },
  launchers: [localBinary(['qdrant'], serverCommand)],
  variables: ({ host, port, password }) => ({
    QDRANT_URL: `http://${host}:${port}`,
    QDRANT_API_KEY: password,
  }),
  probe,
  fresh,
};

/** The key goes through a file, because a process' environment can be read by others of the same user. */
async function serverCommand(
  file: string,
  { dataDir, port, password }: ServiceContext,
): Promise<ServiceCommand> {
  const settings = {
    log_level: 'WARN',
    telemetry_disabled: true,
    service: { host: '127.0.0.1', http_port: port, grpc_port: null, api_key: password },
    storage: {
      storage_path: join(dataDir, 'storage'),
      snapshots_path: join(dataDir, 'snapshots'),
      temp_path: join(dataDir, 'temp'),
    },
  };
  // JSON is YAML too.
  const config = join(dataDir, 'config.yaml');
  await writeFile(config, JSON.stringify(settings), { mode: 0o600 });
  return {
    file,
    args: ['--config-path', config, '--disable-telemetry'],
    // Written into the working directory otherwise.
    env: { QDRANT_INIT_FILE_PATH: join(dataDir, 'initialized') },
  };
}
