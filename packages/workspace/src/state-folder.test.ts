import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectLedgerFile } from './state-folder.js';

it.each([
  ['@drydock/storage-redis', 'drydock-storage-redis'],
  ['@a/b/c', 'a-b-c'],
  ['plain', 'plain'],
])('%s keeps its ledger in %s', (name, folder) => {
  expect(projectLedgerFile('shop', name)).toBe(join('shop', '.drydock', folder, 'ledger.json'));
});
