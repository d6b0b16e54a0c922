import { probeError } from '@drydock/storage/backend-kit';
import { Agent } from 'undici';
import { type ConnectionConfig, resolveConnection } from './config.js';
import { createApi, requestSettings } from './connection.js';
import { toFault } from './errors.js';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export async function probe(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  try {
    return await ask(configOf(variables), timeoutMs);
  } catch (error) {
    throw withoutSecrets(error);
  }
}

function configOf({ QDRANT_URL: url = '', QDRANT_API_KEY: apiKey }: Parameters<typeof probe>[0]) {
  try {
    return resolveConnection({ url, ...(apiKey && { apiKey }) });
  } catch {
    throw Object.assign(new Error('unusable'), { code: 'ERR_INVALID_URL' });
  }
}

/** The root tells the version to anybody; the list of collections asks for the key. */
async function ask(config: ConnectionConfig, timeoutMs: number): Promise<{ version: string }> {
  const api = createApi(config);
  const agent = new Agent(config.agent);
  const init = requestSettings(agent, AbortSignal.timeout(timeoutMs));
  try {
    const [root, { data }] = await Promise.all([api.root({}, init), api.getCollections({}, init)]);
    if (!data?.result || typeof root.data?.version !== 'string') throw new Error('not Qdrant');
    return { version: root.data.version };
  } finally {
    await agent.destroy();
  }
}

/** The client's error may hold what the server said: only a code leaves here. */
function withoutSecrets(error: unknown): Error {
  const late = error instanceof Error && error.name === 'TimeoutError';
  return probeError('Qdrant', late ? 'ETIMEDOUT' : (toFault(error, true).code ?? 'NOT_QDRANT'));
}
