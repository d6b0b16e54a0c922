import type { SerializedError } from 'vitest';
import { expect, test } from 'vitest';
import { ledgerWith } from '../testing/ledger.fixture.js';
import { failureOf } from './failure.js';
import { reclassify } from './reclassify.js';

const thrown = (message: string, more: object = {}) =>
  ({ name: 'Error', message, ...more }) as SerializedError;
const refused = thrown('connect ECONNREFUSED 127.0.0.1:6379', { code: 'ECONNREFUSED', syscall: 'connect' });

test('a failure has a class, a subclass, evidence, a remedy and every cause', () => {
  const failure = failureOf([
    thrown('fetch failed', { name: 'TypeError', cause: refused, stack: 'TypeError: fetch failed' }),
  ]);
  expect(failure).toMatchObject({
    class: 'environment',
    subclass: 'refused',
    code: 'ECONNREFUSED',
    evidence: 'connect ECONNREFUSED 127.0.0.1:6379, cause of "fetch failed"',
    detail: 'TypeError: fetch failed',
    errors: [{ name: 'TypeError', causes: [{ code: 'ECONNREFUSED' }] }],
  });
});

test('an unknown error and a test without a report are defects', () => {
  expect(failureOf([thrown('boom')])).toMatchObject({ class: 'mechanism', subclass: 'unexplained' });
  expect(failureOf([])).toMatchObject({ class: 'mechanism', subclass: 'worker-killed' });
});

test('an error without an origin belongs to the backend of its test', () => {
  const limited = thrown('slow down', { status: 429 });
  expect(failureOf([limited]).class).toBe('mechanism');
  expect(failureOf([limited], { backend: 'groq' })).toMatchObject({
    class: 'environment',
    subclass: 'rate-limit',
  });
});

test('a blocked attempt that the test caught has a subclass of its own', () => {
  const blocked = thrown('Network guard refused a DNS question for db1 (scope none)', {
    code: 'ERR_DRYDOCK_BLOCKED',
  });
  expect(failureOf([blocked]).subclass).toBe('missing-marker');
  expect(failureOf([{ ...blocked, swallowed: true } as SerializedError]).subclass).toBe('swallowed-block');
});

test('a server that answers contradicts the failure, also when it is classified again', () => {
  const ledger = ledgerWith([
    { status: 'failed', backend: 'redis', failure: failureOf([refused], { backend: 'redis' }) },
    { status: 'failed', backend: 'qdrant', failure: failureOf([refused], { backend: 'qdrant' }) },
  ]);
  const once = reclassify(ledger, { endpoints: [{ name: 'redis', ok: true, evidence: 'logged in to 7.0' }] });
  const twice = reclassify(once, { sandbox: { kind: 'mirror-only', evidence: 'a mirror' } });
  for (const { tests } of [once, twice])
    expect(tests.map(({ failure }) => `${failure?.class}/${failure?.subclass}`)).toEqual([
      'mechanism/contradicted',
      'environment/refused',
    ]);
});
