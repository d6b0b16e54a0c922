import type { ServiceFresh } from '@drydock/storage/service';
import { Agent } from 'undici';
import { resolveConnection } from '../config.js';
import { createApi, requestSettings } from '../connection.js';

/** A test file's part of a Qdrant: the collections whose names begin with its name. */
export const fresh: ServiceFresh = {
  async remove({ QDRANT_URL: url = '', QDRANT_API_KEY: apiKey }, { prefix, includes }, timeoutMs) {
    const config = resolveConnection({ url, ...(apiKey && { apiKey }) });
    const agent = new Agent(config.agent);
    const api = createApi(config);
    const init = requestSettings(agent, AbortSignal.timeout(timeoutMs));
    try {
      const { data } = await api.getCollections({}, init);
      const names = (data.result?.collections ?? []).map(({ name }) => name);
      for (const name of names.filter((each) => each.startsWith(prefix) && includes(each)))
        await api.deleteCollection({ collection_name: name }, init);
    } finally {
      await agent.destroy();
    }
  },
};
