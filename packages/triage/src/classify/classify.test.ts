import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOf } from './chain.js';
import { classify } from './classify.js';
import type { FailureFacts, Findings } from './facts.js';

const error = (message: string, more: object = {}) => factsOf({ name: 'Error', message, ...more });
const refused = error('connect ECONNREFUSED 127.0.0.1:6379', { code: 'ECONNREFUSED', syscall: 'connect' });
const reset = error('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' });
const assertion = factsOf({ name: 'AssertionError', message: 'expected 1 to be 2' });
const typeError = factsOf(new TypeError("Cannot read properties of undefined (reading 'a')"));

const judged = (errors: FailureFacts['errors'], more: Partial<FailureFacts> = {}) => {
  const { class: failureClass, subclass } = classify({ errors, complete: true, ...more });
  return `${failureClass} / ${subclass}`;
};

describe('a defect is never excused', () => {
  test('without evidence it is a defect; of a report that is only likely', () => {
    expect(judged([error('boom')])).toBe('mechanism / unexplained');
    expect(judged([error('boom')], { complete: false })).toBe('mechanism / unexplained');
    expect(classify({ errors: [error('boom')], complete: false }).confidence).toBeLessThan(0.7);
    expect(judged([], { situation: 'worker-killed' })).toBe('mechanism / worker-killed');
    expect(judged([], { situation: 'worker-killed', complete: false })).toBe('unknown / worker-killed');
  });

  test('words about a refusal are not a refusal', () => {
    expect(judged([error('contract breach: connect ECONNREFUSED 127.0.0.1:1 was swallowed')])).toBe(
      'mechanism / unexplained',
    );
  });

  test('the system’s own words do not count without the system’s code', () => {
    expect(judged([error('connect ECONNREFUSED 127.0.0.1:6379')])).toBe('mechanism / unexplained');
  });

  test('an assertion stays one, whatever caused it', () => {
    const caused = factsOf({
      name: 'AssertionError',
      message: 'promise rejected',
      cause: { code: 'ECONNREFUSED' },
    });
    expect(judged([caused])).toBe('mechanism / assertion');
  });

  test('whatever its message and codes are, an assertion is never the environment’s fault', () => {
    const words = fc.constantFrom(
      'ECONNREFUSED',
      'EPERM',
      '28P01',
      'WRONGPASS',
      'getaddrinfo ENOTFOUND x',
      '429 {',
      'OOM ',
    );
    fc.assert(
      fc.property(words, fc.string(), words, (start, rest, code) => {
        const made = factsOf({
          name: 'AssertionError',
          message: `${start}${rest}`,
          code,
          cause: { code, message: start },
        });
        expect(classify({ errors: [made], complete: true }).class).not.toBe('environment');
      }),
    );
  });

  test('the worst member of an AggregateError counts', () => {
    const both = factsOf(
      new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), new TypeError('y')]),
    );
    expect(judged([both])).toBe('mechanism / defect');
  });

  test('a rule of one’s own goes before the others, and not before the harness', () => {
    const rules = [
      { id: 'mine', class: 'environment', subclass: 'mine', remedy: 'x', when: [{ message: '.' }] },
    ] as const;
    const blocked = error('no', { code: 'ERR_DRYDOCK_BLOCKED' });
    expect(classify({ errors: [assertion], complete: true }, { rules })).toMatchObject({
      rule: 'mine',
      subclass: 'mine',
    });
    expect(classify({ errors: [blocked], complete: true }, { rules }).class).toBe('harness');
  });
});

describe('several errors of one test', () => {
  test('what fails after the first fails because of it', () => {
    expect(judged([refused, error('undefined client')])).toBe('environment / refused');
  });
  test('a finding of its own is one', () => {
    expect(judged([refused, assertion])).toBe('mechanism / assertion');
    expect(judged([refused, typeError])).toBe('mechanism / defect');
  });
  test('the harness goes first', () => {
    expect(judged([assertion, error('no', { code: 'ERR_DRYDOCK_BLOCKED' })])).toBe(
      'harness / missing-marker',
    );
    const blocked = [{ protocol: 'tcp', host: 'db1', port: 5432 }];
    expect(judged([assertion], { findings: { blocked } })).toBe('harness / missing-marker');
  });
});

describe('what is known of the surroundings', () => {
  const redis = (ok: boolean): Findings => ({
    endpoints: [{ name: 'redis', ok, evidence: ok ? 'logged in' : 'refused' }],
  });
  const behind = (kind: string): Findings => ({ sandbox: { kind, evidence: 'walls' } });
  const unroutable = error('connect ENETUNREACH 10.0.0.1:1', { code: 'ENETUNREACH', syscall: 'connect' });
  const late = factsOf({ name: 'StorageTimeoutError', message: 'late', kind: 'timeout', code: 'DEADLINE' });

  const spent = factsOf({ name: 'LlmQuotaError', message: 'not asked', kind: 'quota', code: 'SPEND_CAP' });

  test.each([
    [refused, redis(true), 'mechanism / contradicted'],
    [spent, redis(true), 'environment / quota'],
    [refused, redis(false), 'environment / refused'],
    [reset, redis(true), 'environment / reset'],
    [late, redis(true), 'mechanism / deadline-overrun'],
    [late, redis(false), 'environment / unresponsive'],
    [assertion, redis(false), 'mechanism / assertion'],
    [refused, behind('seccomp'), 'environment / sandbox'],
    [refused, behind('mirror-only'), 'environment / refused'],
    [unroutable, behind('mirror-only'), 'environment / sandbox'],
    [refused, { ...redis(true), ...behind('no-dns') }, 'mechanism / contradicted'],
    [assertion, behind('seccomp'), 'mechanism / assertion'],
  ])('%#', (facts, findings, expected) => {
    expect(judged([facts], { findings, origin: 'redis' })).toBe(expected);
  });

  const untried: Findings = { untried: true };
  const denied = (syscall: string) => error(`${syscall} EPERM 127.0.0.1`, { code: 'EPERM', syscall });
  const full = error('ENOSPC: no space left on device, write', { code: 'ENOSPC', syscall: 'write' });

  test.each([
    ['a refused connection', refused, untried, 'mechanism / untried'],
    ['a reset connection', reset, untried, 'mechanism / untried'],
    [
      'a refused login',
      error('WRONGPASS invalid password', { name: 'ReplyError' }),
      untried,
      'mechanism / untried',
    ],
    [
      'a denied connection in a sandbox',
      denied('connect'),
      { ...untried, ...behind('seccomp') },
      'mechanism / untried',
    ],
    [
      'a denied listener in a sandbox',
      denied('listen'),
      { ...untried, ...behind('seccomp') },
      'environment / sandbox',
    ],
    [
      'a denied listener where only the way out is missing',
      denied('bind'),
      { ...untried, ...behind('empty-network-namespace') },
      'mechanism / untried',
    ],
    ['a denied listener without a sandbox', denied('listen'), untried, 'mechanism / untried'],
    ['a full disk', full, untried, 'environment / disk-full'],
  ])('where nothing was tried: %s', (_, facts, findings, expected) => {
    expect(judged([facts], { findings })).toBe(expected);
  });

  test('another backend’s check says nothing', () => {
    expect(judged([refused], { findings: redis(true), origin: 'postgres' })).toBe('environment / refused');
  });
});

describe('reading an error', () => {
  test('survives getters that throw, cycles, depth and non-errors', () => {
    const cyclic = new Error('a');
    cyclic.cause = Object.assign(new Error('b'), { cause: cyclic });
    const deep = Array.from({ length: 100 }).reduce<Error>(
      (cause) => new Error('x', { cause }),
      new Error('root'),
    );
    const trap = Object.defineProperty(new Error('t'), 'code', {
      get() {
        throw new Error('no');
      },
    });
    for (const thrown of [cyclic, deep, trap, undefined, null, 'text', 7, Symbol('s'), { toString: null }])
      expect(classify({ errors: [factsOf(thrown)], complete: true }).class).toBe('mechanism');
  });

  test('takes the fields it knows and no other', () => {
    const facts = factsOf(
      Object.assign(new Error('x'), {
        command: { args: ['hunter2'] },
        config: { key: 'hunter2' },
        code: 'A b',
      }),
    );
    expect(JSON.stringify(facts)).not.toContain('hunter2');
    expect(facts.code).toBeUndefined();
  });

  test('text is cut and cleaned', () => {
    const { message } = factsOf(new Error(`\u001b[31m${'x'.repeat(100_000)}\u0000`));
    expect(message).toBe('x'.repeat(4_000));
  });
});
