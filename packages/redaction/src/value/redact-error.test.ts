import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';

const CANARY = 'canary-7f3a9';
const redactor = createRedactor({ values: { CANARY_KEY: CANARY } });

describe('an error', () => {
  class QueryError extends Error {
    override readonly name = 'QueryError';
    readonly #client = { password: CANARY };
    get client() {
      return this.#client;
    }
  }

  test('keeps its class, name and code; message, stack, cause and properties are redacted', () => {
    const cause = Object.assign(new TypeError(`cause ${CANARY}`), { code: 'ECONNREFUSED', port: 6379 });
    const error = Object.assign(new QueryError(`login with ${CANARY}`, { cause }), {
      command: { name: 'auth', args: ['bob', 'canary'] },
      config: { headers: { 'X-TYPESENSE-API-KEY': 'canary' } },
    });
    const copy = redactor.error(error);
    expect(copy).toBeInstanceOf(QueryError);
    expect(copy).not.toBe(error);
    expect(copy.name).toBe('QueryError');
    expect(copy.message).toBe('login with [redacted CANARY_KEY]');
    expect(copy.cause).toBeInstanceOf(TypeError);
    expect(copy.cause).toMatchObject({ code: 'ECONNREFUSED', port: 6379 });
    expect(copy.stack).toMatch(/^(?:Query)?Error: login with \[redacted CANARY_KEY\]\n {4}at /);
    expect(inspect(copy, { depth: Infinity, showHidden: true })).not.toMatch(/canary(?!_)/i);
    expect(error.message).toContain(CANARY);
  });

  test('an AggregateError keeps its members, a cycle of causes its shape', () => {
    const error: Error = new AggregateError([new Error(CANARY), CANARY], CANARY);
    error.cause = new Error('back', { cause: error });
    const copy = redactor.error(error) as AggregateError;
    expect(copy).toBeInstanceOf(AggregateError);
    expect(copy.errors.map(String)).toEqual(['Error: [redacted CANARY_KEY]', '[redacted CANARY_KEY]']);
    expect((copy.cause as Error).cause).toBe(copy);
  });

  test('a DOMException stays readable', () => {
    const copy = redactor.error(new DOMException(CANARY, 'TimeoutError'));
    expect([copy.name, copy.message, copy.code]).toEqual(['TimeoutError', '[redacted CANARY_KEY]', 23]);
  });

  test.each([CANARY, { message: CANARY }, null, undefined, 7])(
    'anything else that was thrown: %j',
    (thrown) => {
      expect(inspect(redactor.error(thrown))).not.toContain('canary-');
    },
  );
});
