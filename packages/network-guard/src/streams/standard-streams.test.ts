import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const STDIO = path.join(import.meta.dirname, '../../dist/bundle/stdio.cjs');

// What Node makes of a pipe where `getsockname` answers EPERM.
const DENIED = `
  const { Readable, Writable } = require('node:stream');
  const ended = () => { const input = new Readable({ read() {} }); input.push(null); return input; };
  const dummy = () => Object.assign(new Writable({ write: (chunk, encoding, done) => done() }), { _isStdio: true });
  for (const [name, make] of Object.entries({ stdin: ended, stdout: dummy, stderr: dummy }))
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: make });
`;

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'streams-'));
  fs.writeFileSync(path.join(folder, 'denied.cjs'), DENIED);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Settings {
  input?: string;
  /** How long nobody reads the output, in milliseconds. */
  readAfterMs?: number;
}

function inSandbox(script: string, { input = '', readAfterMs = 0 }: Settings = {}) {
  const args = ['--require', path.join(folder, 'denied.cjs'), '--require', STDIO, '-e', script];
  // Nx forces colours, which scripts would print.
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  const messages: unknown[] = [];
  child.on('message', (message) => messages.push(message));
  child.stdin?.on('error', () => {}).end(input);
  const texts = [child.stdout, child.stderr].map(async (output) => {
    await new Promise((resolve) => setTimeout(resolve, readAfterMs));
    let text = '';
    for await (const chunk of output?.setEncoding('utf8') ?? []) text += chunk;
    return text;
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string; messages: unknown[] }>(
    (resolve, reject) => {
      child.once('error', reject);
      child.once('close', async (code) => {
        const [stdout = '', stderr = ''] = await Promise.all(texts);
        resolve({ code, stdout, stderr, messages });
      });
    },
  );
}

it('output arrives, in order, beside what is written to the descriptor and what goes to the parent', async () => {
  const script = `
    const fs = require('node:fs');
    console.log('one'); fs.writeSync(1, 'two\\n'); process.stdout.write('three\\n'); console.error('four');
    process.send('five'); process.disconnect();`;
  expect(await inSandbox(script)).toEqual({
    code: 0,
    stdout: 'one\ntwo\nthree\n',
    stderr: 'four\n',
    messages: ['five'],
  });
});

it('input arrives, and the process ends with it', async () => {
  const script = `process.disconnect(); let n = 0; process.stdin.on('data', (chunk) => { n += chunk.length; }).on('end', () => console.log(n));`;
  expect(await inSandbox(script, { input: 'x'.repeat(200_000) })).toMatchObject({ stdout: '200000\n' });
});

it('input that nobody reads keeps no process alive', async () => {
  const script = `process.disconnect(); process.stdin.pause(); console.log(process.stdin.fd);`;
  expect(await inSandbox(script)).toMatchObject({ code: 0, stdout: '0\n' });
});

it('a slow reader holds the writer back, and gets everything', async () => {
  const script = `
    process.disconnect(); let waits = 0, sent = 0;
    const more = () => { while (sent < 40) { sent++; if (!process.stdout.write('x'.repeat(50_000))) { waits++; return process.stdout.once('drain', more); } }
      process.stdout.write('', () => console.error(waits > 0)); };
    more();`;
  const { stdout, stderr } = await inSandbox(script, { readAfterMs: 300 });
  expect(stdout.length).toBe(2_000_000);
  expect(stderr).toBe('true\n');
});

it('process.exit loses nothing, also when the pipe is full and exit handlers write', async () => {
  const script = `
    process.on('exit', () => process.stdout.write('last'));
    for (let i = 0; i < 30; i++) process.stdout.write('é'.repeat(25_000) + i + ';');
    process.exit(7);`;
  const { code, stdout } = await inSandbox(script, { readAfterMs: 300 });
  expect(code).toBe(7);
  const expected = `${Array.from({ length: 30 }, (_, i) => `${'é'.repeat(25_000)}${i};`).join('')}last`;
  expect(stdout === expected, `${stdout.length} characters`).toBe(true);
});
