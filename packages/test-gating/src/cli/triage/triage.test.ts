import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@drydock/workspace';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { triageOptionsOf } from '../../project/triage-options.js';
import { createFixtureProject, type FixtureProject } from '../../testing/project.fixture.js';
import { type TriageRequest, triageReports } from './triage.js';

const folder = mkdtempSync(join(tmpdir(), 'drydock-triage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

function report(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const junit = (...messages: string[]) =>
  `<testsuites><testsuite name="a">${messages
    .map(
      (message, index) =>
        `<testcase classname="a" name="${index}"><failure message="${message}"/></testcase>`,
    )
    .join('')}</testsuite></testsuites>`;

function triaged(
  reports: string[],
  {
    json = true,
    rules = [] as unknown[],
    ...flags
  }: { json?: boolean; rules?: unknown[] } & Partial<TriageRequest> = {},
) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const code = triageReports({ ...flags, reports, json, options: { rules: rules as never } });
  const text = (spy: typeof out) => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
  return { code, stdout: text(out), stderr: text(err) };
}

const REFUSED = 'connect ECONNREFUSED 127.0.0.1:5432';
const ASSERTION = 'AssertionError: expected 1 to be 2';
const BLOCKED = 'Network guard refused a DNS question for db1 (scope none)';

test.each([
  [[], 0],
  [[REFUSED], 4],
  [[REFUSED, ASSERTION], 1],
  [['boom'], 1],
  [[REFUSED, ASSERTION, BLOCKED], 3],
])('failures %j end with %i', (messages, code) => {
  expect(triaged([report('a.xml', junit(...messages))]).code).toBe(code);
});

test('JSON carries a schema version, the reports, and all facts of a failure', () => {
  const path = report('a.xml', junit(REFUSED));
  const { schemaVersion, reports, failures } = JSON.parse(triaged([path]).stdout);
  expect({ schemaVersion, reports }).toEqual({
    schemaVersion: 1,
    reports: [{ name: path, format: 'junit', tests: 1 }],
  });
  expect(failures[0]).toEqual({
    report: join(folder, 'a.xml'),
    rule: 'refused',
    code: 'ECONNREFUSED',
    facts: [
      {
        name: 'Error',
        message: REFUSED,
        code: 'ECONNREFUSED',
        syscall: 'connect',
        endpoint: '127.0.0.1:5432',
      },
    ],
    test: 'a::0',
    class: 'environment',
    subclass: 'refused',
    confidence: 0.9,
    evidence: REFUSED,
    remedy: expect.stringContaining('127.0.0.1:5432'),
  });
});

test('what is only likely does not end as an outage', () => {
  expect(
    triaged([report('a.xml', junit('StoreError: load failed: connect ECONNREFUSED db1:1'))]),
  ).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"class": "environment"'),
  });
});

test('the classes are written back as JUnit, and as a comment that no text can break out of', () => {
  const path = report('a.xml', junit(REFUSED, 'x | [a](b) &lt;script>'));
  const out = join(folder, 'out.junit');
  expect(triaged([path], { json: false, junit: out }).code).toBe(1);
  expect(readFileSync(out, 'utf8')).toContain('<failure type="environment/refused" message="connect');
  vi.restoreAllMocks();
  const { stdout } = triaged([path], { json: false, markdown: true });
  expect(stdout).toContain('**drydock triage**: 2 failures, 2 causes');
  expect(stdout).not.toMatch(/<script|\[a\]/);
});

test('--explain shows the facts, the rule that decided and the next', () => {
  const { stdout } = triaged([report('a.xml', junit('ETIMEDOUT'))], { json: false, explain: 'a::0' });
  expect(stdout).toContain(' rules that hold');
  expect(stdout).toMatch(/→ \w+/);
});

test('a folder is read with all reports in it, and what is not a report is passed over', () => {
  const inner = mkdtempSync(join(folder, 'inner-'));
  writeFileSync(join(inner, 'one.xml'), junit(REFUSED));
  writeFileSync(join(inner, 'package.json'), '{"name":"a"}');
  expect(triaged([inner])).toMatchObject({ code: 4, stderr: '' });
});

test('the text tells each cause once, with its tests', () => {
  const { stdout } = triaged([report('a.xml', junit(REFUSED, REFUSED))], { json: false });
  expect(stdout).toMatch(/ {3}environment \/ refused {3}2 × connect[\s\S]* certain\n {5}a::0\n {5}a::1\n/);
  expect(stdout).toContain(' 2 failures, one cause');
  expect(stdout.match(/remedy/g)).toHaveLength(1);
});

test('the text for people says defect where JSON has the id', () => {
  const path = report('a.xml', junit(ASSERTION));
  const { stdout } = triaged([path], { json: false });
  expect(stdout).toContain('   defect / assertion   ');
  expect(stdout).not.toContain('mechanism');
  vi.restoreAllMocks();
  expect(JSON.parse(triaged([path]).stdout).failures).toMatchObject([{ class: 'mechanism' }]);
});

test('a long name is cut for a terminal, and not for a program', () => {
  const name = 'n'.repeat(900);
  const xml = `<testsuite name="a"><testcase classname="a" name="${name}"><failure message="x"/></testcase></testsuite>`;
  const path = report('long.xml', xml);
  expect(triaged([path], { json: false }).stdout).not.toContain('n'.repeat(301));
  vi.restoreAllMocks();
  expect(triaged([path]).stdout).toContain(name);
});

test('UTF-16 is read, as a redirection on Windows writes it', () => {
  const path = join(folder, 'utf16.xml');
  writeFileSync(path, `\ufeff${junit(REFUSED)}`, 'utf16le');
  expect(triaged([path]).code).toBe(4);
});

test('no failure in a JSON report is not said to be more than that', () => {
  const path = report(
    'green.json',
    '{"testResults":[{"assertionResults":[{"status":"passed","title":"a"}]}]}',
  );
  expect(triaged([path], { json: false })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('no failure among 1 tests; a JSON report keeps no error'),
  });
});

test('a report that cannot be read is named and ends with 2, and the others are still classified', () => {
  const { code, stdout, stderr } = triaged([
    join(folder, 'absent.xml'),
    report('broken.json', '{"testResults": ['),
    report('a.xml', junit(REFUSED)),
    report('cut.xml', junit(ASSERTION).slice(0, -30)),
  ]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout).failures.map(({ subclass }: { subclass: string }) => subclass)).toEqual([
    'refused',
    'assertion',
  ]);
  expect(stderr).toMatch(/absent\.xml cannot be read \(ENOENT\)/);
  expect(stderr).toMatch(/broken\.json is incomplete JSON/);
  expect(stderr).toMatch(/cut\.xml is damaged/);
});

test('rules of the project decide; a broken one is wrong usage', () => {
  const rule = {
    id: 'vpn',
    class: 'environment',
    subclass: 'vpn',
    remedy: 'connect',
    when: [{ message: 'boom' }],
  };
  const path = report('a.xml', junit('boom'));
  expect(JSON.parse(triaged([path], { rules: [rule] }).stdout).failures[0]).toMatchObject({
    subclass: 'vpn',
    remedy: 'connect',
  });
  expect(() => triageOptionsOf({ triage: [{ ...rule, when: [] }] }, folder)).toThrow(UsageError);
});

describe('a project that does not use the harness', () => {
  let project: FixtureProject;
  beforeAll(() => {
    project = createFixtureProject({
      'vitest.config.ts': 'export default {};',
      'a.test.ts': `
        import { beforeAll, describe, expect, test } from 'vitest';
        const login = Object.assign(new Error('no'), { code: '28P01' });
        test('caused', () => { throw new Error('outer', { cause: login }); });
        test('asserted', () => expect({ code: 'ECONNREFUSED' }).toEqual({}));
        let tries = 0;
        test('retried', { retry: 1 }, () => { if (tries++ === 0) throw login; });
        test.fails('expected', () => { throw login; });
        describe('hook', () => { beforeAll(() => { throw login; }); test('never', () => {}); });`,
      'b.test.ts': `
        import { test } from 'vitest';
        test('killed', async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}); });`,
    });
  });
  afterAll(() => project.remove());

  test('its reports are joined and classified; neither a retry nor an expected failure is one', async () => {
    await project.vitest([
      '--reporter=json',
      '--outputFile.json=out.json',
      '--reporter=junit',
      '--outputFile.junit=out.xml',
    ]);
    const { exitCode, stdout } = await project.drydock(['triage', 'out.json', 'out.xml', '--json']);
    const rows = JSON.parse(stdout).failures as { test: string; class: string; subclass: string }[];
    expect(Object.fromEntries(rows.map((row) => [row.test, `${row.class}/${row.subclass}`]))).toEqual({
      'a.test.ts::caused': 'environment/login',
      'a.test.ts::asserted': 'mechanism/assertion',
      'a.test.ts::hook': 'environment/login',
      'b.test.ts::killed': 'unknown/worker-killed',
    });
    expect(exitCode).toBe(1);
  });
});
