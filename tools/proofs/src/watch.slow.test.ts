import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { UNGUARDED } from './sandbox.fixture.js';
import { REPOSITORY, unsteered } from './workspace.fixture.js';

const CTRL_G = '\u0007';
const DRYDOCK = join(REPOSITORY, 'packages/test-gating/bin/drydock.js');
const TIMEOUT = 120_000;
const test = (name: string, body = '') =>
  `import { expect, it } from 'vitest';\nit('${name}', () => { ${body} });\n`;

let root: string;
let terminal: ChildProcess;
let shown = '';

afterEach(async () => {
  if (terminal.exitCode === null) terminal.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

it(
  'a watching run follows the files; a key grants integration to the next runs and takes it back',
  async () => {
    root = mkdtempSync(join(tmpdir(), 'drydock-watch-'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction');
    write('package.json', '{ "name": "shop", "type": "module" }');
    write(
      'vitest.config.js',
      "import { drydock } from '@drydock/test-gating/vitest';\nexport default { plugins: [drydock()] };\n",
    );
    write('a.test.js', test('adds'));
    write('a.integration.test.js', test('asks'));
    terminal = openTerminal();
    const ended = new Promise<number | null>((resolve) => terminal.once('close', resolve));

    await says(
      'offline · Ctrl+G grants integration',
      '1 passed   1 gated   0 failed',
      'Waiting for file changes',
    );
    write('a.test.js', test('adds', 'expect(1).toBe(2)'));
    await says('defect / assertion', 'a.test.js:2 › adds', 'Watching for file changes');
    write('a.test.js', test('adds'));
    await says('Waiting for file changes');
    press(CTRL_G);
    await says(
      'granted: integration · Ctrl+G takes it back',
      '2 passed   0 failed',
      'Waiting for file changes',
    );
    press(CTRL_G);
    await says(
      'offline · Ctrl+G grants integration',
      '1 passed   1 gated   0 failed',
      'Waiting for file changes',
    );
    press('q');
    expect(await ended).toBe(0);
  },
  TIMEOUT,
);

function write(name: string, text: string): void {
  writeFileSync(join(root, name), text);
}

/** `script` gives the command a terminal, as a person has one. */
function openTerminal(): ChildProcess {
  const [program = '', ...args] = UNGUARDED;
  const command = `'${process.execPath}' '${DRYDOCK}' run --watch`;
  const child = spawn(
    program,
    [...args, 'script', '--quiet', '--return', '--command', command, '/dev/null'],
    {
      cwd: root,
      env: { ...unsteered(process.env), TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  shown = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    shown += stripVTControlCharacters(text);
  });
  return child;
}

function press(key: string): void {
  terminal.stdin?.write(key);
}

/** Waits until the terminal has shown these texts in this order, and forgets what it has shown so far. */
async function says(...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await expect.poll(() => shown, { timeout: 60_000, interval: 50 }).toContain(text);
    shown = shown.slice(shown.indexOf(text) + text.length);
  }
}
