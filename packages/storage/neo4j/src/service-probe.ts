import { probeWith } from '@drydock/storage/backend-kit';
import { resolveConfig } from './config.js';
import { PING } from './cypher.js';
import { DriverHandle } from './driver-handle.js';
import { toFault } from './errors.js';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export function probe(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  return probeWith<DriverHandle>(
    {
      service: 'Neo4j',
      open: () => new DriverHandle(connectionOf(variables, timeoutMs)),
      async login(handle) {
        const { records } = await handle.enter('read').run(PING);
        return { version: String(records[0]?.get('version') ?? 'unknown') };
      },
      close: (handle) => handle.close(),
      codeOf: (error) => toFault(error, false).code,
    },
    timeoutMs,
  );
}

function connectionOf(
  { NEO4J_BOLT: url = '', NEO4J_USER: username, NEO4J_PASSWORD: password }: Parameters<typeof probe>[0],
  timeoutMs: number,
) {
  const { connection } = resolveConfig({
    url,
    ...(username && { username }),
    ...(password && { password }),
    connectTimeoutMs: Math.max(1, Math.ceil(timeoutMs)),
    namespace: 'Probe',
    labels: ['Probed'],
  });
  return connection;
}
