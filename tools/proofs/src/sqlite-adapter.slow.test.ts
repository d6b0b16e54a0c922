import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPublished, packAll } from './packed.fixture.js';
import { none, type Outcome } from './sandbox.fixture.js';
import { REPOSITORY, unsteered } from './workspace.fixture.js';

// Longer than the commands are given, which then say what they were doing.
const TIMEOUT = { timeout: 200_000 };
const EXAMPLE = join(REPOSITORY, 'examples/storage-sqlite');

describe('an adapter over SQLite, outside the workspace', TIMEOUT, () => {
  let root: string;
  let bare: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'drydock sqlite '));
    bare = `${root} bare`;
    cpSync(EXAMPLE, root, { recursive: true });
    const needed = ['@drydock/storage', '@drydock/resilience'];
    asPublished(packAll().filter(({ name }) => needed.includes(name)))(join(root, 'node_modules'));
  }, TIMEOUT.timeout);
  afterAll(() => {
    for (const folder of [root, bare]) rmSync(folder, { recursive: true, force: true });
  });

  const run = (...command: string[]): Outcome =>
    none.run(command, { cwd: root, env: { ...unsteered(process.env), NO_COLOR: '1' }, timeout: 150_000 });

  it('passes the conformance suite under node:test', () => {
    const { status, output } = run('node', '--test', '--test-reporter=tap', 'conformance.test.js');
    expect(status, output).toBe(0);
    expect(Number(/^# pass (\d+)$/m.exec(output)?.[1])).toBeGreaterThan(200);
    expect(output).toMatch(/^# fail 0$/m);
    expect(output).toMatch(/# SKIP its `order` is any/);
  });

  it('passes the conformance suite under Vitest', () => {
    const { status, output } = run('npx', '--no-install', 'vitest', 'run', 'conformance.spec.js');
    expect(status, output).toBe(0);
    expect(Number(/Tests .*?(\d+) passed/.exec(output)?.[1])).toBeGreaterThan(200);
  });

  it('passes it with neither a test framework nor OpenTelemetry installed, and the end is a table', () => {
    cpSync(join(root, 'node_modules/@drydock'), join(bare, 'node_modules/@drydock'), { recursive: true });
    for (const name of ['cockatiel', 'fastest-levenshtein', 'sql.js', 'ulid'])
      symlinkSync(join(REPOSITORY, 'node_modules', name), join(bare, 'node_modules', name), 'junction');
    cpSync(EXAMPLE, bare, { recursive: true });
    const { status, output } = run('node', join(bare, 'matrix.js'));
    expect(status, output).toBe(0);
    expect(output).toMatch(/^ all +\d{3} +0 +\d+$/m);
    expect(output).toMatch(/^ order +any$/m);
    expect(output).toMatch(/telemetry > .*: install @opentelemetry\/api/);
  });
});
