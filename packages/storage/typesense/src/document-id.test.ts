import { expect, test } from 'vitest';
import { documentId, recordId } from './document-id.js';

test.each([
  ['note/1', 'note/1'],
  ['it\'s "so", [a] && (b)', 'it\'s "so", [a] && (b)'],
  ['50%', '50%25'],
  ['%25', '%2525'],
  ['a`b\\', 'a%60b%5C'],
  [' a b\n', '%20a b%0A'],
  ['.', '%2E'],
  ['..', '%2E%2E'],
  ['...', '...'],
  ['\u0000', '%00'],
  ['\u00a0x', '%C2%A0x'],
])('%j becomes %j, and itself again', (id, document) => {
  expect(documentId(id)).toBe(document);
  expect(recordId(document)).toBe(id);
});

test('an id of somebody else’s stays as it is', () => {
  expect(recordId('100%')).toBe('100%');
});
