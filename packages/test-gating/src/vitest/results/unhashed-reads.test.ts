import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unhashedFailure, unhashedLines, unhashedReads } from './unhashed-reads.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-unhashed-'));
  const plugins = [{ plugin: '@drydock/nx', options: { env: ['FROM_PLUGIN'] } }];
  writeFileSync(
    join(root, 'nx.json'),
    JSON.stringify({ plugins, namedInputs: { default: [{ env: 'NAMED' }] } }),
  );
  const targets = { test: { inputs: ['default', { env: 'OWN' }] } };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'x', nx: { targets } }));
});
afterAll(() => rmSync(root, { recursive: true }));

function found(...names: string[]) {
  const drydockReads = names.map((name) => ({ name, frame: `f (${root}/src/a.test.ts:3:7)` }));
  return unhashedReads([{ meta: () => ({ drydockReads }) as never }], { root, workspaceRoot: root });
}

it('what no input names is found, with its place and the line to paste', () => {
  const reads = found('API_MODE', 'FROM_PLUGIN', 'NAMED', 'OWN');
  expect(reads).toEqual([{ name: 'API_MODE', at: 'src/a.test.ts:3:7' }]);
  expect(unhashedLines(reads).join('\n')).toContain(
    'Add to nx.json: "plugins": [{ "plugin": "@drydock/nx", "options": { "env": ["API_MODE"] } }]',
  );
  expect(unhashedFailure(reads, 'x').failure).toMatchObject({
    class: 'harness',
    evidence: expect.stringContaining('API_MODE (src/a.test.ts:3:7)'),
  });
});

it('nothing is said where every name is hashed', () => {
  expect(found('OWN')).toEqual([]);
  expect(unhashedLines([])).toEqual([]);
});
