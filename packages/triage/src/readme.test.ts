import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as triage from './index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const code = [...README.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .join('\n')
    .replace(/^import [^;]*;$/gm, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const scope = { ...triage, console: { log: (value: unknown) => printed.push(inspect(value)) } };
  await new Function(...Object.keys(scope), `return (async () => {${outputText}})()`)(
    ...Object.values(scope),
  );
  expect(printed).toEqual(
    [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, expected]) => expected),
  );
  expect(printed.length).toBeGreaterThan(4);
});
