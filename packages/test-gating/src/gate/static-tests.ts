import { parseSync } from 'oxc-parser';
import { type AstNode, calleeChain, childNodes } from './source-tree.js';
import { constantsOf, readOptions } from './static-options.js';
import { testFunctions } from './test-functions.js';

/** A test or suite read from source text without running it. */
export interface StaticTask {
  readonly kind: 'suite' | 'test';
  readonly name: string;
  readonly mode: 'run' | 'skip' | 'todo';
  readonly tags: readonly string[];
  /** Whether `.only` narrows the run to it. */
  readonly only: boolean;
  /** Times that a failure is tried again; 0 where the source says nothing. */
  readonly retry: number;
  /** Text of the function that it runs, without its white space; empty where the source names another. */
  readonly body: string;
  /** 1-based line and column of the call, as Vitest counts them. */
  readonly location: { readonly line: number; readonly column: number };
  readonly children: readonly StaticTask[];
}

const MODES = new Set(['skip', 'todo']);

/** Name that stands for tests which a file defines only while it runs. */
export const DYNAMIC_TESTS = '(tests that this file defines while it runs)';

/** Reads the tests of a file from its source; a name made at run time keeps its template. */
export function collectStatically(path: string, source: string): StaticTask[] {
  const program = parseSync(path, source).program as unknown as AstNode;
  const functions = testFunctions(program);
  const resolve = constantsOf(program);
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  return withTest(collect(program), { line: 1, column: 1 });

  function collect(node: AstNode): StaticTask[] {
    return childNodes(node).flatMap((child) => {
      const task = child.type === 'CallExpression' ? readTask(child) : undefined;
      return task === undefined ? collect(child) : [task];
    });
  }

  function readTask(call: AstNode): StaticTask | undefined {
    const chain = calleeChain(call.callee as AstNode);
    const kind = functions.kindOf(call.callee as AstNode, call.arguments as AstNode[]);
    const [first, ...rest] = call.arguments as AstNode[];
    if (kind === undefined || first === undefined || chain.at(-1) === 'extend') return undefined;
    const isTemplateFactory = ['each', 'for', 'skipIf', 'runIf'].includes(chain.at(-1) ?? '');
    const name = textOf(first);
    if (isTemplateFactory || name === undefined) return undefined;
    const options = readOptions(rest, resolve);
    const mode = chain.find((word) => MODES.has(word)) ?? options.mode ?? 'run';
    return {
      kind,
      name,
      mode: mode as StaticTask['mode'],
      tags: options.tags,
      only: chain.includes('only') || options.only,
      retry: options.retry,
      body: bodyOf(rest),
      location: locate(call.start),
      children:
        kind === 'suite'
          ? withTest(
              rest.flatMap((argument) => collect(argument)),
              locate(call.start),
            )
          : [],
    };
  }

  function bodyOf(parameters: readonly AstNode[]): string {
    const body = parameters.find(({ type }) => /Function/.test(type));
    return body === undefined ? '' : source.slice(body.start, body.end as number).replace(/\s+/g, '');
  }

  function locate(offset: number): { line: number; column: number } {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  }
}

function textOf(node: AstNode): string | undefined {
  if (node.type === 'Literal') return String(node.value);
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as { value: { raw: string } }[];
    return quasis.map(({ value }) => value.raw).join('${…}');
  }
  // A suite may be named by a function or class: describe(Adapter, …).
  return node.type === 'Identifier' ? (node.name as string) : undefined;
}

/** Adds the test that stands for those which nobody can read; Vitest fails a suite without any. */
function withTest(tasks: StaticTask[], location: StaticTask['location']): StaticTask[] {
  if (tasks.length > 0) return tasks;
  const facts = { mode: 'run', tags: [], only: false, retry: 0, body: '', children: [] } as const;
  return [{ kind: 'test', name: DYNAMIC_TESTS, location, ...facts }];
}
