import { createQdrantAdapter } from '@drydock/storage-qdrant';
import { QdrantClient } from '@qdrant/js-client-rest';
import { faultsOf } from '../faults-of.js';
import { answering, closedPort } from '../loopback-servers.js';

const driver = faultsOf('Qdrant, driver (loopback answers)');
const adapter = faultsOf('Qdrant, adapter (loopback answers)');
const wrong = (error: string) => ({ status: { error }, time: 0 });

const collections = (port: number) =>
  new QdrantClient({ url: `http://127.0.0.1:${port}`, checkCompatibility: false }).getCollections();

async function connected(port: number): Promise<void> {
  const notes = createQdrantAdapter({
    url: `http://127.0.0.1:${port}`,
    collection: 'faults',
    vector: { size: 3, distance: 'Dot' },
    retry: { maxAttempts: 1 },
  });
  try {
    await notes.connect();
  } finally {
    await notes.disconnect();
  }
}

driver('nothing listens', 'environment / refused', async () => collections(await closedPort()));
adapter('nothing listens', 'environment / refused', async () => connected(await closedPort()));
driver('wrong key', 'environment / login', async () =>
  collections(await answering(401, wrong('Must provide an API key'))),
);
adapter('wrong key', 'environment / login', async () =>
  connected(await answering(401, wrong('Must provide an API key'))),
);
driver('too many requests', 'environment / rate-limit', async () =>
  collections(await answering(429, wrong('slow down'), { 'retry-after': '1' })),
);
driver('a proxy answers 502', 'environment / unavailable', async () => collections(await answering(502, {})));
