import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry } from '@drydock/workspace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRequest } from '../request/run-request.js';
import { checkVitestFlags } from './vitest-flags.js';

const MODULES = join(import.meta.dirname, '../../../../../node_modules');

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-flags-'));
  symlinkSync(MODULES, join(root, 'node_modules'), 'junction');
});
afterAll(() => rmSync(root, { recursive: true }));

function check(nxJson: object, ...vitestArgs: string[]) {
  writeFileSync(join(root, 'nx.json'), JSON.stringify(nxJson));
  const registry = createRegistry({ inNx: true });
  return () => checkVitestFlags({ vitestArgs, workspaceRoot: root, registry } as unknown as RunRequest);
}

it('an unknown flag for Vitest in an Nx workspace is wrong usage, as in a project of its own', () => {
  expect(check({ plugins: ['@drydock/nx'] }, '--bial', '1')).toThrow(
    'Vitest has no flag --bial. Did you mean --bail?',
  );
});

it('flags of a command that is not Vitest are not checked', () => {
  const plugins = [{ plugin: '@drydock/nx', options: { command: 'node --test' } }];
  expect(check({ plugins }, '--bial')).not.toThrow();
});
