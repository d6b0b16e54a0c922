import { probeWith } from '@drydock/storage/backend-kit';
import { Agent } from 'undici';
import { resolveConnection } from './config.js';
import { createApi, requestSettings } from './connection.js';
import { toFault } from './errors.js';

/** Logs in, reads the version and leaves; rejects with an error that holds a code and no secret. */
export function probe(
  { QDRANT_URL: url = '', QDRANT_API_KEY: apiKey }: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Promise<{ version: string }> {
  return probeWith(
    {
      service: 'Qdrant',
      open() {
        const config = resolveConnection({ url, ...(apiKey && { apiKey }) });
        return { api: createApi(config), agent: new Agent(config.agent) };
      },
      /** The root tells the version to anybody; the list of collections asks for the key. */
      async login({ api, agent }, signal) {
        const init = requestSettings(agent, signal);
        const [root, { data }] = await Promise.all([api.root({}, init), api.getCollections({}, init)]);
        if (!data?.result || typeof root.data?.version !== 'string') throw new Error('not Qdrant');
        return { version: root.data.version };
      },
      close: ({ agent }) => agent.destroy(),
      codeOf: (error) => toFault(error, true).code,
    },
    timeoutMs,
  );
}
