import type { ServiceFresh } from '@drydock/storage/service';
import { resolveConnection } from '../config.js';
import { Connection, type RequestOptions } from '../connection.js';

const GONE = 404;

/** A test file's part of a Typesense: the collections and aliases whose names begin with its name. */
export const fresh: ServiceFresh = {
  async remove({ TYPESENSE_URL: url = '', TYPESENSE_API_KEY: apiKey = '' }, { prefix, includes }, timeoutMs) {
    const connection = new Connection(resolveConnection({ url, apiKey }));
    const attempt = { signal: AbortSignal.timeout(timeoutMs), remainingMs: () => 1, sending: () => {} };
    const send = (options: RequestOptions) => connection.request(attempt, options);
    const isOurs = (name: string) => name.startsWith(prefix) && includes(name);
    connection.open();
    try {
      const { aliases } = (await send({ method: 'get', path: '/aliases' })) as {
        aliases: { name: string }[];
      };
      const collections = (await send({ method: 'get', path: '/collections' })) as { name: string }[];
      const paths = [
        ...aliases.map(({ name }) => ({ name, folder: 'aliases' })),
        ...collections.map(({ name }) => ({ name, folder: 'collections' })),
      ].filter(({ name }) => isOurs(name));
      for (const { name, folder } of paths)
        await send({ method: 'delete', path: `/${folder}/${encodeURIComponent(name)}` }).catch(unlessGone);
    } finally {
      await connection.close();
    }
  },
};

/** Another process may have removed it since. */
function unlessGone(error: { httpStatus?: number }): void {
  if (error.httpStatus !== GONE) throw error;
}
