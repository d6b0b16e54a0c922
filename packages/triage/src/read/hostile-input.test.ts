import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from './read-report.js';
import { ReportError } from './report.js';
import { VITEST_JUNIT } from './reports.fixture.js';
import { triage } from './triage.js';

const read = (text: string, env: Record<string, string> = {}) => readReport('x', text, { env });
const suite = (inner: string) => `<testsuites><testsuite name="s">${inner}</testsuite></testsuites>`;
const failing = (name: string, message: string) =>
  suite(
    `<testcase classname="a" name="${name}"><failure message="${message}" type="Error">${message}</failure></testcase>`,
  );

describe('a text that is not a report is refused with an explanation', () => {
  test.each([
    ['', 'x is empty'],
    ['\ufeff \n', 'x is empty'],
    ['Not a report', 'x is neither JSON nor XML'],
    ['\ufffdPNG\u0000', 'x is neither JSON nor XML'],
    ['{"testResults": [', 'x is incomplete JSON'],
    ['{}', 'not a known report'],
    ['[]', 'not a known report'],
    ['null', 'not a known report'],
    ['{"testResults": [null]}', 'not a known report'],
    ['<html><body>502</body></html>', 'x is not a JUnit report'],
    ['<', 'x is not a JUnit report'],
  ])('%j', (text, words) => {
    expect(() => read(text)).toThrow(ReportError);
    expect(() => read(text)).toThrow(words);
  });

  test('the words quote nothing of the file', () => {
    expect(() => read('{"key": hunter2secret}')).toThrow(/^(?![\s\S]*hunter2)/);
  });
});

test('of a report that breaks off, what stands before is kept, and the damage is reported', () => {
  const cut = VITEST_JUNIT.slice(0, VITEST_JUNIT.indexOf('name="timeout"'));
  const report = read(cut);
  expect(report.failures.map(({ test: name }) => name)).toEqual(['refused', 'fetch']);
  expect(report.problem).toMatch(/x is damaged: .+ in line \d+/);
});

test('entities of the document’s own are not expanded', () => {
  const entities = Array.from(
    { length: 12 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  );
  const bomb = `<?xml version="1.0"?><!DOCTYPE t [<!ENTITY l0 "lol">${entities.join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>${failing('a', '&l12; &f;')}`;
  const { failures, problem } = read(bomb);
  expect(problem).toBeUndefined();
  expect(failures[0]?.errors[0]?.message).toBe('&l12; &f;');
});

test('NUL, colours and markup in names and messages do no harm', () => {
  const [failure] = triage([read(failing('\u001b[31m&lt;script&gt;\u0000\u0007', '\u001b[2Jboom \u0000'))]);
  expect(failure).toMatchObject({ test: 'a::<script>', evidence: 'boom' });
});

test('what changes the direction of its neighbours is taken out', () => {
  const [failure] = triage([read(failing('a\u202eb\u2066c\u2028d', 'boom \u202e'))]);
  expect(failure).toMatchObject({ test: 'a::abcd', evidence: 'boom' });
});

test('entries that are not tests are skipped', () => {
  const json = { testResults: [{ assertionResults: [null, 7, { status: 'failed', title: 'a' }] }] };
  expect(read(JSON.stringify(json)).failures.map(({ id }) => id)).toEqual(['a']);
});

test('a name of 1 MB and a message of 5 MB are cut', () => {
  const [failure] = triage([
    read(failing('n'.repeat(1_000_000), `connect ECONNREFUSED ${'x'.repeat(5_000_000)}`)),
  ]);
  expect(failure?.test.length).toBeLessThan(1_100);
  expect(failure?.evidence.length).toBeLessThan(1_000);
  expect(failure?.subclass).toBe('refused');
});

test('100 000 tests are read', () => {
  const cases = '<testcase classname="a" name="b" time="0.1"></testcase>'.repeat(100_000);
  expect(read(suite(cases)).tests).toHaveLength(100_000);
});

test('secrets are taken out: known values, and what looks like one', () => {
  const xml = failing(
    'with s3cr3t-value-1',
    'AUTH s3cr3t-value-1 at https://user:pw12345678@db1/?key=abcdefgh12345',
  );
  const shown = JSON.stringify(triage([read(xml, { REDIS_PASSWORD: 's3cr3t-value-1' })]));
  expect(shown).not.toMatch(/s3cr3t-value-1|pw12345678|abcdefgh12345/);
});

test('what an assertion or a message says of causes and codes is data', () => {
  const breach =
    'contract breach: store lost it&#10;&#10;Caused by: Error: connect ECONNREFUSED 127.0.0.1:1&#10;Serialized Error: { code: &apos;ECONNREFUSED&apos; }';
  const [failure] = triage([read(failing('a', breach))]);
  expect(failure?.confidence).toBeLessThan(0.7);
});

test('no text makes the reader throw anything but its own error', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `<testsuites>${text}`),
    fc.json(),
    fc.json().map((json) => `{"testResults":[${json}]}`),
  );
  fc.assert(
    fc.property(junk, (text) => {
      try {
        triage([read(text)]);
      } catch (error) {
        expect(error).toBeInstanceOf(ReportError);
      }
    }),
    { numRuns: 500 },
  );
});
