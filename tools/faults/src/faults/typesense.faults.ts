import { createTypesenseAdapter } from '@drydock/storage-typesense';
import { Client } from 'typesense';
import { afterAll, describe } from 'vitest';
import { faultsOf } from '../faults-of.js';
import { given } from '../faults-variable.js';
import { answering, closedPort } from '../loopback-servers.js';

const url = given('TYPESENSE_URL') ?? 'http://localhost:1';
const apiKey = given('TYPESENSE_API_KEY') ?? '';

describe.skipIf(!given('TYPESENSE_URL'))('typesense', () => {
  const driver = faultsOf('Typesense, driver');
  const adapter = faultsOf('Typesense, adapter');

  const client = (address: string, key: string) =>
    new Client({ nodes: [{ url: address }], apiKey: key, numRetries: 0 });

  async function connected(address: string, key: string): Promise<void> {
    const notes = createTypesenseAdapter<{ id?: string; text: string }>({
      url: address,
      apiKey: key,
      collection: 'faults',
      fields: { text: 'string' },
      retry: { maxAttempts: 1 },
    });
    try {
      await notes.connect();
    } finally {
      await notes.disconnect();
    }
  }

  afterAll(() =>
    client(url, apiKey)
      .collections('faults')
      .delete()
      .catch(() => {}),
  );

  driver('wrong key', 'environment / login', () => client(url, 'not-the-key').collections().retrieve());
  adapter('wrong key', 'environment / login', () => connected(url, 'not-the-key'));
  driver('a key for searches writes', 'environment / login', async () => {
    const { value = '' } = await client(url, apiKey)
      .keys()
      .create({ description: 'searches', actions: ['documents:search'], collections: ['*'] });
    await client(url, value)
      .collections()
      .create({ name: 'x', fields: [{ name: 'a', type: 'string' }] });
  });
  driver('nothing listens', 'environment / refused', async () =>
    client(`http://127.0.0.1:${await closedPort()}`, apiKey)
      .collections()
      .retrieve(),
  );
  adapter('nothing listens', 'environment / refused', async () =>
    connected(`http://127.0.0.1:${await closedPort()}`, apiKey),
  );
  driver('a proxy answers 503', 'environment / unavailable', async () =>
    client(`http://127.0.0.1:${await answering(503, { message: 'Not Ready or Lagging' })}`, apiKey)
      .collections()
      .retrieve(),
  );
  faultsOf('planted in a request')('a field has no type', 'defect / rejected', () =>
    client(url, apiKey)
      .collections()
      .create({ name: 'bad', fields: [{ name: 'a' } as never] }),
  );
});
