import { createNeo4jAdapter } from '@drydock/storage-neo4j';
import { FakeNeo4j } from '@drydock/storage-neo4j/testing';
import { createPostgresAdapter } from '@drydock/storage-postgres';
import { FakePostgres } from '@drydock/storage-postgres/testing';
import { createQdrantAdapter } from '@drydock/storage-qdrant';
import { FakeQdrant } from '@drydock/storage-qdrant/testing';
import { createRedisAdapter } from '@drydock/storage-redis';
import { FakeRedis } from '@drydock/storage-redis/testing';
import { createTypesenseAdapter } from '@drydock/storage-typesense';
import { FakeTypesense } from '@drydock/storage-typesense/testing';

/** A server within this process, as far as it is counted. */
export interface CountedServer {
  /** Requests that arrived so far. */
  readonly requests: number;
  /** Bytes that arrived so far. */
  readonly bytesReceived: number;
  close(): Promise<void>;
}

/** The calls that are counted, and those around them. */
interface CountedAdapter {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  store(record: never): Promise<unknown>;
  retrieve(id: string): Promise<unknown>;
}

/** An adapter over a server within this process: the driver is the real one, and nothing depends on a network or on time. */
export interface CountedSubject {
  readonly adapter: CountedAdapter;
  readonly server: CountedServer;
  /** The record with this id. */
  recordOf(id: string): object;
}

const TEXT = 'x'.repeat(100);
const ANY_SECRET = 'bench';
/** Far more than any call takes: a retry on a busy machine would be counted. */
const timeoutMs = 60_000;
const flat = (id: string) => ({ id, text: TEXT, number: 1 });

/** How to make the subject of each backend. */
export const COUNTED_SUBJECTS: Readonly<Record<string, () => Promise<CountedSubject>>> = {
  async redis() {
    const server = new FakeRedis();
    return {
      server,
      adapter: createRedisAdapter({ ...server.config, timeoutMs, prefix: 'bench' }),
      recordOf: flat,
    };
  },
  async postgres() {
    const server = await FakePostgres.start({ password: ANY_SECRET });
    return {
      server,
      adapter: createPostgresAdapter({ ...server.config, timeoutMs, table: 'bench' }),
      recordOf: flat,
    };
  },
  async neo4j() {
    const server = new FakeNeo4j({ password: ANY_SECRET });
    const config = { ...server.config, timeoutMs, namespace: 'Bench', labels: ['Note'] };
    const recordOf = (id: string) => ({ id, label: 'Note', properties: { text: TEXT, number: 1 } });
    return { server, adapter: createNeo4jAdapter(config), recordOf };
  },
  async typesense() {
    const server = new FakeTypesense({ apiKey: ANY_SECRET });
    const config = { ...server.config, timeoutMs, collection: 'bench', fields: { number: 'int32' as const } };
    return { server, adapter: createTypesenseAdapter(config), recordOf: flat };
  },
  async qdrant() {
    const server = new FakeQdrant({ apiKey: ANY_SECRET });
    const vector = { size: 2, distance: 'Dot' as const };
    const adapter = createQdrantAdapter({ ...server.config, timeoutMs, collection: 'bench', vector });
    return { server, adapter, recordOf: (id) => ({ ...flat(id), vector: [1, 2] }) };
  },
};
