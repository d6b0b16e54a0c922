import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SerializedError } from 'vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SourceFrames } from './source-frame.js';

let root: string;
const at = (file: string, line: number) => ({ file: join(root, file), line, column: 3, method: '' });
const places = (error: object, name?: string) =>
  new SourceFrames(root).placesOf([error as SerializedError], join(root, 'src/a.test.ts'), name);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-frames-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/a.test.ts'), "import './a.js';\n\ntest('asks', () => {\n  ask();\n});\n");
  writeFileSync(
    join(root, 'src/a.ts'),
    Array.from({ length: 9 }, (_, index) => `line ${index + 1}`).join('\n'),
  );
});
afterAll(() => rmSync(root, { recursive: true }));

test('the line is that of the test, the source that of the code below it', () => {
  const stacks = [at('node_modules/x/index.js', 1), at('src/a.ts', 5), at('src/a.test.ts', 4)];
  expect(places({ stacks })).toEqual({
    line: 4,
    source: {
      file: 'src/a.ts',
      line: 5,
      column: 3,
      from: 2,
      text: 'line 2\nline 3\nline 4\nline 5\nline 6\nline 7',
    },
  });
});

test('a refusal has its place in its text, and the line of the test from the error it stands for', () => {
  const message = `Network guard refused\n  tried    connect at ${join(root, 'src/a.ts')}:5:24`;
  const origin = `TypeError: fetch failed\n    at async ${join(root, 'src/a.test.ts')}:4:10`;
  expect(places({ message, origin })).toMatchObject({ line: 4, source: { file: 'src/a.ts', line: 5 } });
});

test('without a stack the line is where the name stands, if it does', () => {
  expect(places({ message: 'refused' }, 'suite > asks')).toEqual({ line: 3 });
  expect(places({ message: 'refused' }, 'suite > made of a template')).toEqual({});
  expect(places({ stacks: [at('src/gone.ts', 5)] })).toEqual({});
});
