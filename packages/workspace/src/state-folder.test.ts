import { expect, it } from 'vitest';
import { projectFolder } from './state-folder.js';

it.each([
  ['@drydock/storage-redis', 'drydock-storage-redis'],
  ['@a/b/c', 'a-b-c'],
  ['plain', 'plain'],
])('%s keeps its ledger in %s', (name, folder) => {
  expect(projectFolder(name)).toBe(folder);
});
