import { inspect } from 'node:util';
import ts from 'typescript';

/** What examples print, and what the comments behind say that they print. */
export interface Printed {
  readonly printed: readonly string[];
  readonly promised: readonly (string | undefined)[];
}

/**
 * Runs the `ts` blocks of a text as one program, which has the names of `scope` in the place of its imports.
 *
 * A line `console.log(value); // text` promises that text, as `inspect` shows the value.
 *
 * @throws whatever the program throws
 */
export async function runExamples(
  markdown: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<Printed> {
  const code = [...markdown.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .join('\n')
    .replace(/^import [^;]*;$/gm, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const log = (value: unknown) => printed.push(inspect(value, { breakLength: Number.POSITIVE_INFINITY }));
  const names = { ...scope, console: { log } };
  const run = new Function(...Object.keys(names), `return (async () => {${outputText}})()`);
  await run(...Object.values(names));
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
  return { printed, promised };
}
