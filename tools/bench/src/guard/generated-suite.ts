import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the generated suite. */
export const FILES = 20;
/** Tests in each of them. */
export const TESTS_PER_FILE = 50;

/** Writes a suite of small tests into a folder; nearly all of its time is the harness's. */
export function writeSuite(folder: string): void {
  mkdirSync(join(folder, 'src'), { recursive: true });
  for (let file = 0; file < FILES; file += 1) {
    writeFileSync(join(folder, 'src', `part-${file}.test.ts`), testFile(file));
  }
}

function testFile(file: number): string {
  return [
    "import { describe, expect, it } from 'vitest';",
    `describe('part ${file}', () => {`,
    ...Array.from({ length: TESTS_PER_FILE }, (_, index) => `  ${testOf(file, index)}`),
    '});',
    '',
  ].join('\n');
}

// Half of them wait once: what follows an asynchronous test to its end is part of the cost.
function testOf(file: number, index: number): string {
  const sum = file + index;
  return index % 2 === 0
    ? `it('adds ${index}', () => { expect(${file} + ${index}).toBe(${sum}); });`
    : `it('adds ${index} later', async () => { expect(await Promise.resolve(${file} + ${index})).toBe(${sum}); });`;
}
