import { describe, expect, test } from 'vitest';
import { factsOf } from '../classify/chain.js';
import { checkOrigin } from '../classify/check-rules.js';
import { classify } from '../classify/classify.js';
import type { Origin } from '../classify/origin.js';
import { TABLES } from '../tables/index.js';
import { ORIGIN_KINDS, RULES } from './index.js';

const MONGODB: Origin = {
  name: 'mongodb',
  variables: ['MONGODB_URL', 'MONGODB_PASSWORD'],
  errors: {
    login: ['18', { message: '^not authorized' }],
    'read-only': ['NotWritablePrimary'],
    rejected: ['a.c'],
  },
};

const judged = (error: object, origins: readonly Origin[] = [MONGODB]) => {
  const {
    class: failureClass,
    subclass,
    rule,
    remedy,
  } = classify({ errors: [factsOf({ name: 'Error', message: 'x', ...error })], complete: true }, { origins });
  return { is: `${failureClass} / ${subclass}`, rule, remedy };
};

describe('the errors that a package describes', () => {
  test('a code counts for errors of its origin', () => {
    expect(judged({ backend: 'mongodb', code: '18' })).toEqual({
      is: 'environment / login',
      rule: 'mongodb-login',
      remedy:
        'mongodb refuses the credentials (18): check MONGODB_URL and MONGODB_PASSWORD; then: npx --no-install drydock doctor mongodb.',
    });
    expect(judged({ backend: 'mongodb', code: 'NotWritablePrimary' }).is).toBe('environment / read-only');
    expect(judged({ provider: 'mongodb', code: 'a.c' }).is).toBe('mechanism / rejected');
  });

  test('a code says nothing of errors of another origin, or of none', () => {
    expect(judged({ backend: 'redis', code: '18' }).is).toBe('mechanism / unexplained');
    expect(judged({ code: '18' }).is).toBe('mechanism / unexplained');
    expect(judged({ backend: 'mongodb', code: '18' }, []).is).toBe('mechanism / unexplained');
  });

  test('a code is compared as a whole, not as a pattern', () => {
    expect(judged({ backend: 'mongodb', code: 'abc' }).is).toBe('mechanism / unexplained');
  });

  test('conditions are those of a rule', () => {
    expect(judged({ backend: 'mongodb', message: 'not authorized on x' }).is).toBe('environment / login');
  });

  test('an assertion stays one', () => {
    expect(judged({ name: 'AssertionError', backend: 'mongodb', code: '18' }).is).toBe(
      'mechanism / assertion',
    );
  });
});

describe('what is wrong with a description is said', () => {
  test.each([
    [{ logn: ['18'] }, "'logn': not one of clock-skew, "],
    [{ login: [] }, 'a list of codes'],
    [{ login: '18' }, 'a list of codes'],
    [{ login: [''] }, 'a condition'],
    [{ login: [{ mesage: 'x' }] }, "unknown condition 'mesage'"],
    [{ login: [{ message: '(' }] }, 'not a regular expression'],
  ])('%j', (errors, words) => {
    expect(() => checkOrigin({ name: 'mongodb', errors } as unknown as Origin)).toThrow(words);
  });

  test('a good one is returned', () => expect(checkOrigin(MONGODB)).toBe(MONGODB));
});

test('every kind of the guide that a server can be the cause of may be named', () => {
  expect(ORIGIN_KINDS).toEqual(
    expect.arrayContaining(['login', 'privilege', 'quota', 'read-only', 'rejected', 'tls', 'unavailable']),
  );
});

test('every entry of the tables belongs to a rule', () => {
  const ids = new Set([...RULES.harness, ...RULES.others].map(({ id }) => id));
  expect(TABLES.flatMap((table) => Object.keys(table)).filter((id) => !ids.has(id))).toEqual([]);
});
