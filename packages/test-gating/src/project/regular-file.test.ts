import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FileRefusal, readRegularFile } from './regular-file.js';

const root = mkdtempSync(join(tmpdir(), 'drydock-file-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a file is read up to its limit', () => {
  writeFileSync(join(root, 'file'), 'ten bytes!');
  expect(String(readRegularFile(join(root, 'file'), 10))).toBe('ten bytes!');
  expect(() => readRegularFile(join(root, 'file'), 9)).toThrow(
    new FileRefusal('has 10 bytes; at most 9 are read'),
  );
});

test.skipIf(process.platform === 'win32')('an endless device is refused at once', () => {
  expect(() => readRegularFile('/dev/zero', 10)).toThrow(new FileRefusal('is not a regular file'));
});

test('what cannot be opened keeps the code of its error', () => {
  expect(() => readRegularFile(join(root, 'absent'), 10)).toThrow('ENOENT');
  expect(() => readRegularFile(root, 10_000)).toThrow('EISDIR');
});
