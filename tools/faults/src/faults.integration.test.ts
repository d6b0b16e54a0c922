import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const DEADLINE_MS = 900_000;

// `env -i` starts the program outside of the guard: what it dials is its own, on loopback.
test('every fault that can be produced here is classified right, and the guide says so', {
  timeout: DEADLINE_MS,
}, async () => {
  const { PATH = '', HOME = '' } = process.env;
  const main = join(import.meta.dirname, '../dist/main.js');
  const child = spawn('env', ['-i', `PATH=${PATH}`, `HOME=${HOME}`, process.execPath, main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS - 10_000,
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    output += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(output).toMatch(/ \d+ faults, \d+ classified right, 0 wrong/);
  expect(output).not.toContain('not in docs/guide/triage.md');
  expect(code, output).toBe(0);
});
