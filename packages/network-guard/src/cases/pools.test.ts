import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTER, run } from './run-guarded.fixture.js';

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const VITEST = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const POOL_MS = 60_000;

let folder = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pools-'));
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it.each(['forks', 'threads', 'vmThreads', 'vmForks'])(
  "holds in Vitest's pool %s",
  async (pool) => {
    const config = path.join(folder, `${pool}.config.mjs`);
    const test = {
      pool,
      include: ['src/cases/pools.fixture.ts'],
      execArgv: ['--require', REGISTER],
      testTimeout: POOL_MS / 2,
      watch: false,
    };
    fs.writeFileSync(config, `export default ${JSON.stringify({ test, cacheDir: path.join(folder, pool) })}`);
    const env = { ...process.env, POOL_REPORT: path.join(folder, `${pool}.jsonl`) };
    const { stdout, stderr, exitCode } = await run(
      [VITEST, 'run', '--config', config, '--root', PACKAGE],
      env,
    );
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/3 passed/);
  },
  POOL_MS,
);
