import { DEFAULT_DEADLINES } from '@drydock/storage/backend-kit';
import { describe, expect, test } from 'vitest';
import { createQdrantAdapter } from './adapter.js';
import { type QdrantConfig, resolveConfig } from './config.js';

const { connectTimeoutMs } = DEFAULT_DEADLINES;
const URL = 'http://db.example:6333';
const BASE: QdrantConfig = { url: URL, collection: 'notes', vector: { size: 4, distance: 'Cosine' } };
const resolve = (config: Partial<QdrantConfig>) => resolveConfig({ ...BASE, ...config });

describe('the URL', () => {
  test.each([
    ['http://db.example:6333', { https: false, host: 'db.example', port: 6333, prefix: '' }],
    ['https://db.example', { https: true, port: 443 }],
    ['https://db.example:443', { https: true, port: 443 }],
    ['http://db.example/', { https: false, port: 80, prefix: '' }],
    ['https://db.example:6333/behind/proxy/', { port: 6333, prefix: '/behind/proxy' }],
    ['http://[::1]:6333', { host: '[::1]', port: 6333 }],
  ])('%s is taken apart', (url, parts) => {
    expect(resolve({ url }).connection).toMatchObject(parts);
  });

  test.each([
    'canary',
    'canary:6333',
    'redis://canary',
    'http://canary:6333:1',
    'http://user:canary@host:6333',
    'http://host:6333/?key=canary',
    'http://host:6333/#canary',
    '',
  ])('that is none is refused without showing it: %s', (url) => {
    const attempt = () => createQdrantAdapter({ ...BASE, url });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow('`url`');
    expect(attempt).not.toThrow(/canary/);
  });
});

describe('options', () => {
  test('have the documented defaults', () => {
    const { migrate, wait, limits, indexes, connection } = resolve({});
    expect({ migrate, wait, limits, indexes }).toEqual({
      migrate: true,
      wait: true,
      limits: { maxItems: 256, maxBytes: 8 * 1024 * 1024 },
      indexes: {},
    });
    expect(connection.agent).toMatchObject({ connections: 10, connect: { timeout: connectTimeoutMs } });
  });

  test('for TLS and for the driver reach the pool; those that the adapter relies on win', () => {
    const driver = { keepAliveTimeout: 7, connections: 99, headersTimeout: 1, connect: { servername: 'a' } };
    const { agent } = resolve({ tls: { ca: 'certificate' }, driver, maxConnections: 3 }).connection;
    expect(agent).toMatchObject({ keepAliveTimeout: 7, connections: 3, headersTimeout: 0, bodyTimeout: 0 });
    expect(agent.connect).toMatchObject({ ca: 'certificate', servername: 'a', timeout: connectTimeoutMs });
  });

  test.each<[string, Partial<QdrantConfig>]>([
    ['maxConnections', { maxConnections: 0 }],
    ['connectTimeoutMs', { connectTimeoutMs: 1.5 }],
    ['batch.maxItems', { batch: { maxItems: -1 } }],
    ['batch.maxBytes', { batch: { maxBytes: 32 * 1024 * 1024 } }],
    ['vector', { vector: undefined as never }],
    ['vector.size', { vector: { size: 0, distance: 'Dot' } }],
    ['vector.size', { vector: { size: 65_537, distance: 'Dot' } }],
    ['vector.distance', { vector: { size: 1, distance: 'Nearest' as 'Dot' } }],
    ['vector.name', { vector: { size: 1, distance: 'Dot', name: '' } }],
  ])('%s is refused when it cannot work', (name, config) => {
    expect(() => resolve(config)).toThrow(TypeError);
    expect(() => resolve(config)).toThrow(name);
  });

  test.each(['', 'a/b', 'a?b', 'a*b', '..', 'a\u0000', 'x'.repeat(256), undefined as never])(
    'the collection may not be called %j',
    (collection) => expect(() => resolve({ collection })).toThrow('`collection`'),
  );

  test.each(['Notes 2026.v1', 'ключ', 'x'.repeat(255)])('the collection may be called %s', (collection) => {
    expect(resolve({ collection }).collection).toBe(collection);
  });

  test.each(['', 'canary key', 'canary\n', 'canary\u00e9'])('the key may not be %j', (apiKey) => {
    expect(() => resolve({ apiKey })).toThrow('`apiKey`');
    expect(() => resolve({ apiKey })).not.toThrow(/canary/);
  });
});
