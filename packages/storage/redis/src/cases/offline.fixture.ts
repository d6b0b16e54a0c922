import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect } from 'vitest';
import { createRedisAdapter, type RedisAdapter } from '../adapter.js';
import type { RedisConfig } from '../config.js';
import { FakeRedis } from '../fake/index.js';

/** A record of the tests. */
export interface Turn {
  readonly id?: string;
  readonly session?: string;
  readonly at?: number;
  readonly text?: string;
}

/** The server of the test that runs. */
export let server: FakeRedis;
/** An adapter whose records are in groups, by their session. */
export let grouped: RedisAdapter<Turn>;
/** An adapter without groups. */
export let plain: RedisAdapter<Turn>;
/** A client of the driver, without an adapter. */
export let raw: Redis;

const adapters: RedisAdapter<Turn>[] = [];

/** Makes an adapter that is disconnected after the test. */
export function make(config: Partial<RedisConfig<Turn>> = {}): RedisAdapter<Turn> {
  const adapter = createRedisAdapter<Turn>({ ...server.config, ...config });
  adapters.push(adapter);
  return adapter;
}

/** Makes an adapter as `make` does, and connects it. */
export async function connected(config: Partial<RedisConfig<Turn>> = {}): Promise<RedisAdapter<Turn>> {
  const adapter = make(config);
  await adapter.connect();
  return adapter;
}

/** Gives each test of the file a server of its own, and checks that no connection outlives it. */
export function manageServer(): void {
  beforeEach(async () => {
    server = new FakeRedis();
    raw = new Redis({ ...server.driver, lazyConnect: true, protocol: 2 });
    raw.on('error', () => {});
    await raw.connect();
    plain = await connected({ prefix: 'plain' });
    grouped = await connected({ prefix: 'chat', group: ({ session }) => session });
  });

  afterEach(async () => {
    raw.disconnect();
    await Promise.all(adapters.splice(0).map((adapter) => adapter.disconnect()));
    expect(server.connections).toBe(0);
  });
}

/** Requests and commands that an action causes. */
export async function traffic(action: () => Promise<unknown>): Promise<[requests: number, commands: number]> {
  const [requests, commands] = [server.requests, server.commands];
  await action();
  return [server.requests - requests, server.commands - commands];
}

/** Records of one session. */
export const turns = (count: number): Turn[] =>
  Array.from({ length: count }, (_, at) => ({ id: `t${at}`, session: 's', at }));
/** The ids of those records. */
export const ids = (count: number): string[] => turns(count).map(({ id }) => id ?? '');
