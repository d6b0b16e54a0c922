import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled, takeAttempts } from '../index.cjs';
import { GUARD, REGISTER, run } from './run-guarded.fixture.js';

describe('node --require @drydock/network-guard/register', () => {
  let folder = '';

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'standalone-'));
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
    if (isInstalled()) takeAttempts();
  });

  async function standalone(text: string, { flags = [] as string[], env = {} } = {}) {
    const file = path.join(folder, `${fs.readdirSync(folder).length}.test.cjs`);
    // A guard over this suite must not report these attempts.
    const own = `require(${JSON.stringify(GUARD)}).installGuard({ reportFile: ${JSON.stringify(`${file}.jsonl`)} });`;
    fs.writeFileSync(file, `${isInstalled() ? own : ''}${text}`);
    const { VITEST: _, NODE_TEST_CONTEXT: __, ...inherited } = process.env;
    return run(['--require', REGISTER, ...flags, file], { ...inherited, DRYDOCK_GUARD_SUMMARY: '1', ...env });
  }

  it('prints nothing and ends with 0 when nothing was refused', async () => {
    expect(await standalone('console.log("fine")')).toEqual({ stdout: 'fine\n', stderr: '', exitCode: 0 });
  });

  it('prints each attempt once at the end and ends with 3, although the code swallowed it', async () => {
    const { stderr, exitCode } = await standalone(`
      for (let i = 0; i < 3; i++) require('node:net').connect(25, '192.0.2.1').on('error', () => {});
    `);
    expect(exitCode).toBe(3);
    expect(stderr.match(/refused a TCP connection to 192\.0\.2\.1:25/g)).toHaveLength(1);
    expect(stderr).toMatch(/tried +connect at .*test\.cjs:2:\d+/);
    expect(stderr).toContain('DRYDOCK_GUARD_ALLOW=192.0.2.1:25');
    expect(stderr).toContain('3 attempt(s) refused');
  });

  it('ends with 3 also after process.exit(0) or process.reallyExit(0)', async () => {
    const dial = `require('node:dns').lookup('x.example', () => {});`;
    expect((await standalone(`${dial} process.exit(0)`)).exitCode).toBe(3);
    expect((await standalone(`${dial} process.reallyExit(0)`)).exitCode).toBe(3);
    expect((await standalone(`process.on('exit', () => { ${dial} })`)).exitCode).toBe(3);
  });

  it('lets packages put their own function around process.reallyExit', async () => {
    const wrap = `const { reallyExit } = process; process.reallyExit = (code) => reallyExit.call(process, code);`;
    expect(await standalone(`${wrap} process.exit(0)`)).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    const dial = `require('node:dns').lookup('x.example', () => {});`;
    expect((await standalone(`${wrap} ${dial} process.reallyExit(0)`)).exitCode).toBe(3);
  });

  it('keeps the exit code of the script', async () => {
    const dial = `require('node:dns').lookup('x.example', () => {});`;
    expect((await standalone(`${dial} process.exitCode = 7`)).exitCode).toBe(7);
  });

  it('fails a run of node --test whose tests all pass', async () => {
    const { stdout, exitCode } = await standalone(
      `require('node:test')('swallows', () => { require('node:net').connect(25, '192.0.2.1').on('error', () => {}); });`,
      { flags: ['--test'] },
    );
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('192.0.2.1:25');
  });
});
