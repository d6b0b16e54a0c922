import { randomUUID } from 'node:crypto';
import { type AcquiredService, acquire } from '@drydock/services';
import type { ServiceContext } from '@drydock/storage/service';
import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { service } from '../service.js';

const SLOTS = 16_384;
const STARTED_WITHIN_MS = 20_000;

/** How a server differs from the one that the service definition starts. */
export interface ServerOptions {
  /** Further settings for the command line, such as `['--cluster-enabled', 'yes']`. */
  settings(context: ServiceContext): Promise<readonly string[]> | readonly string[];
  /** Variables that name its address; default: those of the definition. */
  readonly variables?: typeof service.variables;
  /** Checks whether it answers; default: the definition's probe. */
  readonly probe?: typeof service.probe;
}

/** Starts a server for one test, with the program on the PATH or else the fetched one. */
export function startServer({ settings, ...means }: ServerOptions): Promise<AcquiredService> {
  const launchers = service.launchers.map((launcher) => ({
    ...launcher,
    async prepare(context: ServiceContext) {
      const command = await launcher.prepare(context);
      return command && { ...command, args: [...command.args, ...(await settings(context))] };
    },
  }));
  return acquire(
    { ...service, ...means, launchers },
    { env: {}, ways: ['local binary', 'embedded package'] },
  );
}

/** A Cluster of masters, each with an equal share of the slots. */
export class RedisCluster {
  readonly #nodes: readonly AcquiredService[];

  private constructor(nodes: readonly AcquiredService[]) {
    this.#nodes = nodes;
  }

  /** Starts the nodes and joins them. */
  static async start(size = 3): Promise<RedisCluster> {
    const password = randomUUID();
    const settings = async ({ freePort }: ServiceContext) => [
      ...['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())],
      ...['--cluster-require-full-coverage', 'no', '--requirepass', password],
    ];
    const variables = ({ host, port }: { host: string; port: number }) =>
      service.variables({ host, port, password });
    const nodes = await Promise.all(Array.from({ length: size }, () => startServer({ settings, variables })));
    const cluster = new RedisCluster(nodes);
    await cluster.#meet().catch(async (error) => {
      await cluster.stop();
      throw error;
    });
    return cluster;
  }

  /** URLs of all nodes, with their passwords. */
  get urls(): string[] {
    return this.#nodes.map(({ variables }) => variables.REDIS_URL ?? '');
  }

  /** Gives a slot that holds no keys to another node, and returns its URL. */
  async moveSlot(slot: number): Promise<string> {
    const from = Math.floor((slot * this.#nodes.length) / SLOTS);
    const to = (from + 1) % this.#nodes.length;
    const [id] = await onEach(this.urls.slice(to, to + 1), (node) => node.call('CLUSTER', 'MYID'));
    await onEach(this.urls, (node) => node.call('CLUSTER', 'SETSLOT', slot, 'NODE', String(id)));
    return this.urls[to] ?? '';
  }

  /** Stops one node. */
  async stopNode(index: number): Promise<void> {
    await this.#nodes[index]?.stop();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()));
  }

  async #meet(): Promise<void> {
    const [first] = this.#nodes;
    await onEach(this.urls, async (node, index) => {
      const edge = (number: number) => Math.ceil((number * SLOTS) / this.#nodes.length);
      await node.call('CLUSTER', 'ADDSLOTSRANGE', edge(index), edge(index + 1) - 1);
      const [, busPort] = String(await node.call('CONFIG', 'GET', 'cluster-port')).split(',');
      if (index === 0 || !first) return;
      await onEach(this.urls.slice(0, 1), (other) =>
        other.call('CLUSTER', 'MEET', '127.0.0.1', this.#nodes[index]?.port ?? 0, busPort ?? 0),
      );
    });
    const signs = ['cluster_state:ok', 'cluster_slots_ok:16384', `cluster_known_nodes:${this.#nodes.length}`];
    const whole = async () => {
      const infos = await onEach(this.urls, async (node) => String(await node.call('CLUSTER', 'INFO')));
      const ready = infos.every((info) => signs.every((sign) => info.includes(`${sign}\r\n`)));
      if (!ready) throw new Error(`the nodes have not met: ${infos.join('\n')}`);
    };
    await vi.waitFor(whole, { timeout: STARTED_WITHIN_MS, interval: 100 });
  }
}

async function onEach<T>(
  urls: readonly string[],
  work: (node: Redis, index: number) => Promise<T>,
): Promise<T[]> {
  return Promise.all(
    urls.map(async (url, index) => {
      const node = new Redis(url, { lazyConnect: true, commandTimeout: 5_000, retryStrategy: () => null });
      try {
        await node.connect();
        return await work(node, index);
      } finally {
        node.disconnect();
      }
    }),
  );
}
