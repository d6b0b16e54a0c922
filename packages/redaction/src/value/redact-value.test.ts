import { inspect } from 'node:util';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';
import { MAX_DEPTH } from './redact-value.js';

const CANARY = 'canary-7f3a9';
const redactor = createRedactor({ values: { CANARY_KEY: CANARY }, maxStringLength: 1_000 });
const shown = (value: unknown) =>
  inspect(redactor.value(value), { depth: Infinity, showHidden: true, maxStringLength: Infinity });

describe('a value of any shape', () => {
  test.each([
    ['string', CANARY],
    ['nested', { a: [{ b: { c: [`x ${CANARY}`] } }] }],
    ['key', { [CANARY]: 1 }],
    ['symbol', Symbol(CANARY)],
    ['symbol as key', { [Symbol('s')]: CANARY }],
    ['Map value', new Map([['a', CANARY]])],
    ['Map key', new Map([[CANARY, 1]])],
    ['Map key object', new Map([[{ a: CANARY }, 1]])],
    ['Set', new Set([CANARY, { a: CANARY }])],
    ['Error', new Error(CANARY)],
    ['Buffer', Buffer.from(`x ${CANARY}`)],
    ['Uint8Array', new TextEncoder().encode(CANARY)],
    ['ArrayBuffer', new TextEncoder().encode(CANARY).buffer],
    ['DataView', new DataView(new TextEncoder().encode(CANARY).buffer)],
    ['Buffer as JSON', JSON.parse(JSON.stringify(Buffer.from(CANARY)))],
    ['URL', new URL(`http://u:${CANARY}@h/?q=${CANARY}`)],
    ['URLSearchParams', new URLSearchParams({ token: 'canary', q: CANARY })],
    ['Headers', new Headers({ 'x-api-key': 'canary', q: CANARY })],
    ['RegExp', new RegExp(CANARY)],
    ['boxed string', Object(CANARY)],
    ['function', Object.defineProperty(() => CANARY, 'name', { value: CANARY })],
    [
      'getter',
      {
        get a() {
          return CANARY;
        },
      },
    ],
    ['hidden property', Object.defineProperty({}, 'a', { value: CANARY })],
    [
      'class instance',
      new (class Client {
        key = CANARY;
      })(),
    ],
    ['null prototype', Object.assign(Object.create(null), { a: CANARY })],
    ['array property', Object.assign([1], { extra: CANARY })],
    ['own __proto__', JSON.parse(`{"__proto__":{"a":"${CANARY}"}}`)],
    [
      'object of another realm',
      vm.runInNewContext(`({ a: new Map([['k', '${CANARY}']]), e: new Error('${CANARY}') })`),
    ],
    ['headers as pairs', { rawHeaders: ['Host', 'h', 'Authorization', 'canary', 'X-API-Key', 'canary'] }],
    ['arguments', { argv: ['run', '--password', 'canary', '--verbose'] }],
    [
      'secret name',
      { password: 'canary', apiKey: 'canary', 'Set-Cookie': ['canary'], token: { a: ['canary'] } },
    ],
    ['secret name over bytes', { secret: Buffer.from('canary') }],
    ['secret Map key', new Map([['authorization', 'canary']])],
    ['Redis command', { command: { name: 'AUTH', args: ['bob', 'canary'] } }],
  ])('%s', (_, value) => {
    expect(shown(value)).not.toMatch(/canary(?!_)/i);
    expect(shown(value)).toContain('redacted');
  });

  test('a secret number goes, a count stays', () => {
    expect(redactor.value({ password: 12345678, token: 3, pin: 1 })).toEqual({
      password: '[redacted]',
      token: 3,
      pin: 1,
    });
    expect(createRedactor({ values: ['98765432'] }).value({ a: 98765432, b: 1 })).toEqual({
      a: '[redacted]',
      b: 1,
    });
  });
});

describe('what holds no secret keeps its shape', () => {
  test('primitives, dates, bytes, holes, prototypes', () => {
    const input = {
      text: 'x',
      number: 1,
      nan: Number.NaN,
      big: 10n,
      yes: true,
      nothing: null,
      missing: undefined,
      symbol: Symbol.iterator,
      date: new Date(0),
      bytes: Buffer.from('abc'),
      floats: new Float64Array([1.5]),
      map: new Map([[1, new Set(['a'])]]),
      list: Object.assign(new Array(3), { 0: 1 }),
    };
    expect(redactor.value(input)).toStrictEqual(input);
  });

  test('usage counts of models', () => {
    const usage = { prompt_tokens: 1_200_000, total_tokens: 2_000_000, max_tokens: '900' };
    expect(redactor.value(usage)).toEqual(usage);
  });

  test('cycles and shared objects', () => {
    const shared = { a: 1 };
    const input: Record<string, unknown> = { one: shared, two: shared, list: [] };
    input.self = input;
    (input.list as unknown[]).push(input);
    const copy = redactor.value(input) as typeof input;
    expect(copy.self).toBe(copy);
    expect((copy.list as unknown[])[0]).toBe(copy);
    expect(copy.one).toBe(copy.two);
    expect(copy.one).not.toBe(shared);
  });

  test('an object reached through a secret name and through another is treated as each asks', () => {
    const shared = { a: 'plain' };
    expect(redactor.value({ credentials: shared, open: shared })).toEqual({
      credentials: { a: '[redacted]' },
      open: { a: 'plain' },
    });
  });
});

describe('the input', () => {
  test('is never changed', () => {
    const input = {
      password: 'canary',
      list: [CANARY],
      map: new Map([['token', CANARY]]),
      error: new Error(CANARY),
      bytes: Buffer.from(CANARY),
    };
    const before = inspect(input, { depth: 9 });
    const deepFrozen = Object.freeze(input);
    redactor.value(deepFrozen);
    expect(inspect(input, { depth: 9 })).toBe(before);
  });

  test('bytes are copied, not shared', () => {
    const bytes = Buffer.from('abc');
    const copy = redactor.value({ bytes }) as { bytes: Buffer };
    copy.bytes[0] = 0;
    expect(bytes.toString()).toBe('abc');
  });
});

describe('hostile values', () => {
  test('a getter that throws', () => {
    const value = {
      get a() {
        throw new Error(CANARY);
      },
      b: 1,
    };
    expect(redactor.value(value)).toEqual({ a: '[unreadable]', b: 1 });
  });

  test('a revoked proxy and a throwing trap', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error(CANARY);
        },
      },
    );
    expect(redactor.value({ proxy, trap })).toEqual({ proxy: '[unreadable]', trap: '[unreadable]' });
  });

  test('deeper than can be followed', () => {
    let deep: unknown = CANARY;
    for (let n = 0; n < 20_000; n += 1) deep = { deep };
    expect(shown(deep)).toContain('[too deep]');
    expect(inspect(redactor.value(deep), { depth: MAX_DEPTH + 2 })).not.toContain('canary-');
  });

  test('a sparse array of any length', () => {
    const sparse: unknown[] = [];
    sparse[4_000_000_000] = CANARY;
    expect((redactor.value(sparse) as unknown[]).at(-1)).toBe('[redacted CANARY_KEY]');
  });

  test('a huge string is cut, not before it is redacted', () => {
    const text = `${'x'.repeat(990)}${CANARY}${'y'.repeat(1_000_000)}`;
    const copy = redactor.value({ text }) as { text: string };
    expect(copy.text.length).toBeLessThanOrEqual(1_000);
    expect(copy.text).toMatch(/^x+… \[cut from 1001002 characters\]$/);
    expect(redactor.value(copy)).toEqual(copy);
  });

  test('a long secret across the cap is not shown in part', () => {
    const secret = 'canary-0123456789'.repeat(20);
    const long = createRedactor({ values: { LONG: secret }, maxStringLength: 1_000 });
    const copy = long.value(`${'x'.repeat(800)}${secret}${'y'.repeat(10_000)}`);
    expect(copy).toMatch(/^x{800}\[redacted LONG\]y+… \[cut from 11140 characters\]$/);
  });

  test('huge bytes are named by their length alone', () => {
    expect(redactor.value(Buffer.alloc(5_000, CANARY))).toBe('[5000 bytes]');
  });
});
