import { describe, expect, test } from 'vitest';
import { createTypesenseAdapter } from './adapter.js';
import { resolveConfig, type TypesenseConfig } from './config.js';

const BASE: TypesenseConfig = {
  url: 'http://db.example:8108',
  apiKey: 'key',
  collection: 'notes',
  fields: { text: 'string' },
};
const resolve = (config: Partial<TypesenseConfig>) => resolveConfig({ ...BASE, ...config });

describe('the URL', () => {
  test.each([
    ['http://db.example:8108', { https: false, url: 'http://db.example:8108' }],
    ['https://db.example', { https: true, url: 'https://db.example' }],
    ['http://db.example/', { https: false, url: 'http://db.example' }],
    ['https://db.example:8108/behind/proxy/', { url: 'https://db.example:8108/behind/proxy' }],
    ['http://[::1]:8108', { url: 'http://[::1]:8108' }],
  ])('%s is taken apart', (url, parts) => {
    expect(resolve({ url }).connection).toMatchObject(parts);
  });

  test.each([
    'canary',
    'canary:8108',
    'redis://canary',
    'http://user:canary@host:8108',
    'http://host:8108/?key=canary',
    'http://host:8108/#canary',
    '',
  ])('that is none is refused without showing it: %s', (url) => {
    const attempt = () => createTypesenseAdapter({ ...BASE, url });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow('`url`');
    expect(attempt).not.toThrow(/canary/);
  });
});

describe('options', () => {
  test('have the documented defaults', () => {
    const { migrate, searchOnly, limits, connection, fields } = resolve({});
    expect({ migrate, searchOnly, limits, fields: [...fields] }).toEqual({
      migrate: true,
      searchOnly: false,
      limits: { maxItems: 1_000, maxBytes: 8 * 1024 * 1024 },
      fields: [['text', { type: 'string', optional: true }]],
    });
    expect(connection.agent).toMatchObject({ maxSockets: 10, keepAlive: true });
  });

  test('for TLS and for the driver reach the pool; those that the adapter relies on win', () => {
    const driver = { scheduling: 'fifo', maxSockets: 99, keepAlive: false } as const;
    const { agent } = resolve({ tls: { ca: 'certificate' }, driver, maxConnections: 3 }).connection;
    expect(agent).toMatchObject({ scheduling: 'fifo', ca: 'certificate', maxSockets: 3, keepAlive: true });
  });

  test.each<[string, Partial<TypesenseConfig>]>([
    ['maxConnections', { maxConnections: 0 }],
    ['batch.maxItems', { batch: { maxItems: 10_001 } }],
    ['batch.maxBytes', { batch: { maxBytes: 0.5 } }],
    ['fields', { fields: undefined as never }],
    ['fields', { fields: { 'a:b': 'string' } }],
    ['fields', { fields: { 'x || y': 'string' } }],
    ['fields', { fields: { id: 'string' } }],
    ['fields', { fields: { _key: 'int64' } }],
    ['fields.a', { fields: { a: {} as never } }],
  ])('%s is refused when it cannot work', (name, config) => {
    expect(() => resolve(config)).toThrow(TypeError);
    expect(() => resolve(config)).toThrow(name);
  });

  test.each(['', 'a/b', '.', '..', 'a\u0000', 'x'.repeat(256), undefined as never])(
    'the collection may not be called %j',
    (collection) => expect(() => resolve({ collection })).toThrow('`collection`'),
  );

  test.each(['', 'canary key', 'canary\n', 'canary\u00e9', undefined as never])(
    'the key may not be %j',
    (apiKey) => {
      expect(() => resolve({ apiKey })).toThrow('`apiKey`');
      expect(() => resolve({ apiKey })).not.toThrow(/canary/);
    },
  );
});
