import { probeError } from '@drydock/storage/backend-kit';
import { resolveConfig } from './config.js';
import { PING } from './cypher.js';
import { DriverHandle } from './driver-handle.js';
import { toFault } from './errors.js';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export async function probe(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  const handle = open(variables, timeoutMs);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject({ code: 'ETIMEDOUT' }), timeoutMs);
  });
  try {
    return await Promise.race([versionOf(handle), late]);
  } catch (error) {
    throw withoutSecrets(error);
  } finally {
    clearTimeout(timer);
    await handle.close();
  }
}

function open(variables: Readonly<Record<string, string | undefined>>, timeoutMs: number): DriverHandle {
  try {
    return new DriverHandle(connectionOf(variables, timeoutMs));
  } catch {
    throw withoutSecrets({ code: 'ERR_INVALID_URL' });
  }
}

function connectionOf(variables: Readonly<Record<string, string | undefined>>, timeoutMs: number) {
  const { NEO4J_BOLT: url = '', NEO4J_USER: username, NEO4J_PASSWORD: password } = variables;
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

async function versionOf(handle: DriverHandle): Promise<{ version: string }> {
  const { records } = await handle.enter('read').run(PING);
  return { version: String(records[0]?.get('version') ?? 'unknown') };
}

/** The driver's error may hold the address and more: only its code leaves here. */
function withoutSecrets(error: unknown): Error {
  return probeError('Neo4j', toFault(error, false).code ?? 'NOT_NEO4J');
}
