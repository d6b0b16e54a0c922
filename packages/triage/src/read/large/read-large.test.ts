import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REAL } from '../formats/real-reports.fixture.js';
import { readReport } from '../read-report.js';
import { VITEST_JSON, VITEST_JUNIT } from '../reports.fixture.js';
import { triage } from '../triage.js';
import { isStreamed, readLargeReport } from './read-large.js';
import { JsonThinner } from './thin-json.js';

const chunks = (text: string, size: number): Buffer[] => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
};
const large = (text: string, size = 7) => readLargeReport('report', chunks(text, size), { env: {} });
const whole = (text: string) => readReport('report', text, { env: {} });
const thin = (text: string, size = 3) => {
  const thinner = new JsonThinner(1_000_000);
  for (const chunk of chunks(text, size)) thinner.write(chunk);
  return thinner.end();
};

test.each([
  ['Vitest’s JSON', VITEST_JSON],
  ['JUnit', VITEST_JUNIT],
  ['Mocha’s JSON', REAL.MOCHA_JSON],
  ['mochawesome', REAL.MOCHAWESOME],
])('%s tells from chunk to chunk what it tells at once', (_, text) => {
  expect(isStreamed(Buffer.from(text))).toBe(true);
  expect(large(text).failures).toEqual(whole(text).failures);
  expect(triage([large(text, 1_000)])).toHaveLength(triage([whole(text)]).length);
});

test('tests that passed are counted, and their ids are not kept', () => {
  const passed = { title: 'a', status: 'passed', failureMessages: [] };
  const failed = { title: 'b', status: 'failed', failureMessages: ['Error: x'] };
  const report = large(
    JSON.stringify({
      testResults: [
        { name: '/a.test.ts', status: 'passed', assertionResults: [passed, passed] },
        { name: '/b.test.ts', status: 'failed', assertionResults: [passed, failed, passed] },
      ],
    }),
  );
  expect(report).toMatchObject({ passed: 4, tests: ['/b.test.ts::b'] });
  const xml =
    '<testsuites><testsuite name="s"><testcase name="a"/><testcase name="b"><failure message="x"/></testcase></testsuite></testsuites>';
  expect(large(xml)).toMatchObject({ passed: 1, tests: ['s::b'] });
});

describe('a thin text', () => {
  test('is the same JSON where nothing passed', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (json, size) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify({ value });
        fc.pre(!/"(?:title|status|outcome|state|result|ok)"|coverage|attachments|std(?:out|err)/u.test(text));
        expect(JSON.parse(thin(text, size).text)).toEqual({ value });
      }),
    );
  });

  test('cuts long texts, and never within a character or an escape', () => {
    for (const unit of ['x', 'é', '\u2028', '\\', '"', '😀', '\u0001']) {
      const { text } = thin(JSON.stringify([unit.repeat(100_000)]), 4_099);
      const [kept] = JSON.parse(text) as string[];
      expect(text.length).toBeLessThan(70_000);
      expect(kept?.replaceAll(unit, '')).toBe('');
    }
  });

  test('leaves out coverage', () => {
    expect(thin('{"coverageMap":{"a":{"b":[1,"}"]}},"testResults":[]}').text).toBe(
      '{"coverageMap":null,"testResults":[]}',
    );
  });
});

test('failures that do not fit are counted, and the report is called incomplete', () => {
  const message = `Error: ${'x'.repeat(60_000)}`;
  const file = (index: number) =>
    `{"name":"/${index}.test.ts","status":"failed","assertionResults":[{"title":"a","status":"failed","failureMessages":["${message}"]}]}`;
  function* parts() {
    yield Buffer.from('{"testResults":[');
    for (let index = 0; index < 1_000; index += 1) yield Buffer.from(`${index > 0 ? ',' : ''}${file(index)}`);
    yield Buffer.from(']}');
  }
  const report = readLargeReport('report', parts(), { env: {} });
  expect(report.failures.length).toBeGreaterThan(300);
  expect(report.problem).toMatch(/more failures than fit into memory: \d+ more parts/);
});

test('what is not a report is refused', () => {
  expect(() => large('{"a":1}')).toThrow('not a known report');
  expect(() => large('<html><body/></html>')).toThrow('not a JUnit report');
});
