import { expect, test } from 'vitest';
import { type CauseFacts, sharedCauses } from './causes.js';

const facts = (more: Partial<CauseFacts>): CauseFacts => ({
  class: 'environment',
  subclass: 'refused',
  code: 'ECONNREFUSED',
  evidence: 'connect ECONNREFUSED',
  remedy: 'start it',
  ...more,
});
const counts = (all: CauseFacts[]) =>
  sharedCauses(all, (each) => each).map(({ failures }) => failures.length);

test('one outage is one cause, whatever each test said of it', () => {
  expect(
    counts([facts({ evidence: 'get' }), facts({ evidence: 'set' }), facts({ remedy: 'start the other' })]),
  ).toEqual([2, 1]);
});

test('assertions share a cause only where they saw the same, numbers apart', () => {
  const assertion = (evidence: string) =>
    facts({ class: 'mechanism', subclass: 'assertion', code: 'AssertionError', evidence });
  expect(
    counts([assertion('expected a'), assertion('expected 12 to be 3'), assertion('expected 1.5 to be 3')]),
  ).toEqual([2, 1]);
});

test('a cause tells with the words of its first failure', () => {
  const [cause] = sharedCauses([facts({ evidence: 'first' }), facts({ evidence: 'second' })], (each) => each);
  expect(cause).toMatchObject({
    class: 'environment',
    subclass: 'refused',
    evidence: 'first',
    remedy: 'start it',
  });
});
