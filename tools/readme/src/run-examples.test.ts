import { expect, test } from 'vitest';
import { runExamples } from './run-examples.js';

const block = (...lines: string[]) => ['```ts', ...lines, '```'].join('\n');

test('blocks are one program, with names in the place of imports', async () => {
  const markdown = [
    block("import { add } from 'elsewhere';", 'const sum: number = await add(1, 2);'),
    'Some words.',
    block('console.log(sum); // 3', "console.log(['a']); // [ 'b' ]"),
    '```sh\nnot run\n```',
  ].join('\n');
  const add = async (a: number, b: number) => a + b;
  expect(await runExamples(markdown, { add })).toEqual({
    printed: ['3', "[ 'a' ]"],
    promised: ['3', "[ 'b' ]"],
  });
});

test('what a program throws is thrown', async () => {
  await expect(runExamples(block('nobody();'), {})).rejects.toThrow('nobody is not defined');
});
