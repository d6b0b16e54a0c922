import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { isInstalled, takeAttempts } from '../index.cjs';
import { GUARD, REGISTER, run } from './run-guarded.fixture.js';

const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'drydock/runners');
const INSTALL = `npm install --prefix ${CACHE} --ignore-scripts jest@30 mocha@11 ava@6 tap@21 uvu@0.5 @playwright/test@1`;
const SWALLOWED = `const swallowed = () => new Promise((done) => require('node:net').connect(80, '192.0.2.1').on('error', () => done()));\n`;

const folder = mkdtempSync(path.join(tmpdir(), 'runners-'));
writeFileSync(path.join(folder, 'package.json'), '{ "name": "runners" }');
symlinkSync(path.join(CACHE, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
// A guard over this suite must not report these attempts.
const report = path.join(folder, 'attempts.jsonl');
const own = isInstalled()
  ? `require(${JSON.stringify(GUARD)}).installGuard({ reportFile: ${JSON.stringify(report)} });`
  : '';
const preload = path.join(folder, 'preload.cjs');
writeFileSync(
  preload,
  `if (require('node:worker_threads').isMainThread) { process.chdir(__dirname); ${own} }`,
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach((context) => {
  // CI has them, or else the tests fail.
  const isLacking = !existsSync(path.join(CACHE, 'node_modules/jest')) && !process.env.CI;
  if (isLacking) context.skip(`unavailable: no runners. ${INSTALL}`);
});

const TCP = 'a TCP connection to 192.0.2.1:80';

it.each([
  ['Jest', ['jest/bin/jest.js'], 'a.test.js', `test('passes', swallowed);`, TCP],
  ['node:test', ['--test'], 'node.cjs', `require('node:test').test('passes', swallowed);`, TCP],
  ['Mocha', ['mocha/bin/mocha.js'], 'mocha.cjs', `it('passes', swallowed);`, TCP],
  [
    'AVA',
    ['ava/entrypoints/cli.mjs'],
    'ava.cjs',
    `require('ava')('passes', async (t) => { await swallowed(); t.pass(); });`,
    TCP,
  ],
  [
    'uvu',
    ['uvu/bin.js', '.'],
    'uvu.cjs',
    `const { test } = require('uvu'); test('passes', swallowed); test.run();`,
    TCP,
  ],
  [
    'Playwright Test',
    ['@playwright/test/cli.js', 'test'],
    'playwright.spec.cjs',
    `require('@playwright/test').test('passes', swallowed);`,
    TCP,
  ],
  [
    // It replaces a function of Node's internals before any test runs, which is refused.
    'tap',
    ['tap/dist/esm/run.mjs'],
    'tap.cjs',
    `require('tap').test('passes', async (t) => { await swallowed(); t.pass(); });`,
    "Node's internal binding spawn_sync",
  ],
])(
  'a refusal that a passing test swallowed fails a run of %s',
  async (_runner, [program = '', ...args], file, text, what) => {
    writeFileSync(path.join(folder, file), SWALLOWED + text);
    const start = program.startsWith('-') ? program : path.join(folder, 'node_modules', program);
    const { VITEST: _, NODE_TEST_CONTEXT: __, ...inherited } = process.env;
    const env = { ...inherited, DRYDOCK_GUARD_SUMMARY: '1' };
    const result = await run(['--require', REGISTER, '--require', preload, start, ...args, file], env);
    rmSync(report, { force: true });
    if (isInstalled()) takeAttempts();
    expect(result.stdout + result.stderr).toContain(`Network guard refused ${what}`);
    expect(result.exitCode).not.toBe(0);
  },
  60_000,
);
