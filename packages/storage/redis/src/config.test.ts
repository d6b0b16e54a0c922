import { describe, expect, test } from 'vitest';
import { createRedisAdapter } from './adapter.js';
import { type RedisConfig, resolveConfig, targetOf } from './config.js';

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(resolveConfig({})).toMatchObject({
      url: 'redis://localhost:6379',
      prefix: 'drydock',
      limits: { maxItems: 1_000, maxBytes: 4_194_304 },
    });
  });

  test('takes each limit of a batch by itself', () => {
    expect(resolveConfig({ batch: { maxItems: 7 } }).limits).toEqual({ maxItems: 7, maxBytes: 4_194_304 });
    expect(resolveConfig({ batch: {} }).limits).toEqual({ maxItems: 1_000, maxBytes: 4_194_304 });
  });

  test('gives the credentials of its own options precedence over the URL’s, whatever their characters', () => {
    const { url } = resolveConfig({
      url: 'redis://old:old@host:6380/2',
      username: 'me',
      password: 'p@ss/%:wörd',
    });
    const parsed = new URL(url);
    expect(decodeURIComponent(parsed.password)).toBe('p@ss/%:wörd');
    expect([parsed.username, parsed.host, parsed.pathname]).toEqual(['me', 'host:6380', '/2']);
  });

  test('tells where the records go, without the credentials', () => {
    const target = (config: RedisConfig) => targetOf(resolveConfig(config));
    expect(target({})).toEqual({ system: 'redis', address: 'localhost', port: 6379, namespace: '0' });
    expect(target({ url: 'rediss://me:canary@cache.example:6380/3' })).toEqual({
      system: 'redis',
      address: 'cache.example',
      port: 6380,
      namespace: '3',
    });
    expect(target({ cluster: ['redis://:canary@node1:7000', 'redis://node2'] })).toMatchObject({
      address: 'node1',
      port: 7000,
    });
  });

  test('leaves the family of addresses in the URL', () => {
    expect(resolveConfig({ url: 'redis://host?family=6' }).url).toBe('redis://host?family=6');
  });

  test.each([
    ['url', { url: 'canary nonsense' }],
    ['url', { url: 'http://canary' }],
    // The driver would put this before every key.
    ['url', { url: 'redis://host?keyPrefix=canary' }],
    ['cluster[0]', { cluster: ['redis://host?commandTimeout=canary'] }],
    ['cluster[1]', { cluster: ['redis://a', 'canary'] }],
    ['url', { url: 'redis://host/-1' }],
    ['url', { url: 'redis://host/canary' }],
    ['url', { url: 'redis://host/1/2' }],
    ['url', { url: 'redis://:pass#canary@host' }],
    ['url', { url: 'redis://host?family=canary' }],
    ['driver.db', { driver: { db: -1 } }],
    ['cluster[0]', { cluster: ['redis://host/1'] }],
    ['cluster', { cluster: [] }],
    ['prefix', { prefix: '' }],
    ['batch.maxItems', { batch: { maxItems: 0 } }],
    ['batch.maxBytes', { batch: { maxBytes: 1.5 } }],
    ['connectTimeoutMs', { connectTimeoutMs: -1 }],
    ['commandTimeoutMs', { commandTimeoutMs: Number.NaN }],
    ['silenceTimeoutMs', { silenceTimeoutMs: 'canary' as never }],
    ['reconnectDelayMs', { reconnectDelayMs: Number.POSITIVE_INFINITY }],
  ])('names %s when it is wrong, not its value', (option, config) => {
    expect(() => createRedisAdapter(config)).toThrow(`redis: \`${option}\` must`);
    expect(() => createRedisAdapter(config)).not.toThrow('canary');
  });
});
