import type { AdapterOptions } from '../calls/options.js';
import { describe, expect, test } from './framework/index.js';
import { everyCall, rejection, type Suite } from './suite.js';

const NOT_SENT = { retriable: false, outcome: 'not_sent', attempts: 0 };

const CALL_OPTIONS: [string, unknown, string][] = [
  ['a misspelt option', { timeout: 1_000 }, 'timeoutMs'],
  ['a signal in the place of options', new AbortController().signal, 'signal'],
  ['an option that is null', { timeoutMs: null }, 'timeoutMs'],
  ['a number', 1_000, 'must be an object'],
  ['null', null, 'must be an object'],
];

const ADAPTER_OPTIONS: [string, unknown][] = [
  ['timeoutMs', { timeout: 1_000 }],
  ['ttlMs', { ttl: 1_000 }],
  ['retry', { retries: 3 }],
  ['retry.maxAttempts', { retry: { attempts: 3 } }],
  ['timeoutMs', { timeoutMs: '1000' }],
  ['timeoutMs', { timeoutMs: -1 }],
  ['ttlMs', { ttlMs: null }],
  ['retry.maxAttempts', { retry: { maxAttempts: 0 } }],
  ['retry.baseDelayMs', { retry: { baseDelayMs: Number.NaN } }],
  ['telemetry', { telemetry: {} }],
];

/** What would be ignored, and so would do or find something else than was meant, is refused. */
export function misreadCases(suite: Suite): void {
  describe('what is not understood', () => {
    test.each(CALL_OPTIONS)('is refused: %s', async (_, options, named) => {
      for (const [, call] of everyCall(suite)) {
        const error = await rejection(call(suite.adapter, options as never));
        expect(error).toMatchObject({ kind: 'data', code: 'INVALID_OPTION', ...NOT_SENT });
        expect(error.message).toContain(named);
      }
    });

    test('is refused: a lifetime by another name, or where nothing is stored', async () => {
      const record = suite.record();
      const errors = [
        await rejection(suite.adapter.store(record, { ttl: 1_000 } as never)),
        await rejection(suite.adapter.storeBatch([record], { ttl: 1_000 } as never)),
        await rejection(suite.adapter.retrieve(record.id, { ttlMs: 1_000 } as never)),
      ];
      for (const error of errors) expect(error).toMatchObject({ code: 'INVALID_OPTION', ...NOT_SENT });
      expect(errors[0]?.message).toContain('`ttlMs`');
      await expect(suite.adapter.retrieve(record.id)).resolves.toBeNull();
    });

    test('is refused: a part of a query that is misspelt, with the nearest name', async () => {
      const query = { ...suite.options.query(suite.unique()), limits: 5 };
      const error = await rejection(suite.adapter.search(query));
      expect(error).toMatchObject({ kind: 'query', ...NOT_SENT });
      expect(error.message).toContain('did you mean `limit`?');
    });

    test('is refused: a part of a query that is null', async () => {
      const query = suite.options.query(suite.unique());
      for (const name of Object.keys(query)) {
        const error = await rejection(suite.adapter.search({ ...query, [name]: null }));
        expect(error, name).toMatchObject({ kind: 'query', ...NOT_SENT });
      }
    });

    test.each(ADAPTER_OPTIONS)('is refused before there is an adapter: %s in %j', async (named, options) => {
      const made = suite.fresh(options as AdapterOptions);
      await expect(made).rejects.toThrow(TypeError);
      await expect(made).rejects.toThrow(`\`${named}\``);
    });
  });
}
