import { type ParseResult, parseSync } from 'oxc-parser';

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
  /** 1-based line and column of the call, as Vitest counts them. */
  readonly location: { readonly line: number; readonly column: number };
  readonly children: readonly StaticTask[];
}

type Program = ParseResult['program'];
interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const SUITES = new Set(['describe', 'suite']);
const TESTS = new Set(['test', 'it']);
const MODES = new Set(['skip', 'todo']);

/** Name that stands for tests which a file defines only while it runs. */
export const DYNAMIC_TESTS = '(tests that this file defines while it runs)';

/** Reads the tests of a file from its source; a name made at run time keeps its template. */
export function collectStatically(path: string, source: string): StaticTask[] {
  const { program } = parseSync(path, source);
  const functions = testFunctions(program);
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  return withTest(collect(program as unknown as AstNode), { line: 1, column: 1 });

  function collect(node: AstNode): StaticTask[] {
    return childNodes(node).flatMap((child) => {
      const task = child.type === 'CallExpression' ? readTask(child) : undefined;
      return task === undefined ? collect(child) : [task];
    });
  }

  function readTask(call: AstNode): StaticTask | undefined {
    const chain = calleeChain(call.callee as AstNode);
    const kind = functions.get(chain[0] ?? '');
    const [first, ...rest] = call.arguments as AstNode[];
    if (kind === undefined || first === undefined || chain.at(-1) === 'extend') return undefined;
    const isTemplateFactory = ['each', 'for', 'skipIf', 'runIf'].includes(chain.at(-1) ?? '');
    const name = textOf(first);
    if (isTemplateFactory || name === undefined) return undefined;
    const options = readOptions(rest.find(({ type }) => type === 'ObjectExpression'));
    const mode = chain.find((word) => MODES.has(word)) ?? options.mode ?? 'run';
    return {
      kind,
      name,
      mode: mode as StaticTask['mode'],
      tags: options.tags,
      only: chain.includes('only') || options.only,
      retry: options.retry,
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

  function locate(offset: number): { line: number; column: number } {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  }
}

/** Local names of `test` and `describe`: globals, aliases from an import, and what `.extend()` returned. */
function testFunctions(program: Program): Map<string, StaticTask['kind']> {
  const kinds = new Map<string, StaticTask['kind']>();
  for (const name of SUITES) kinds.set(name, 'suite');
  for (const name of TESTS) kinds.set(name, 'test');
  visit(program as unknown as AstNode, (node) => {
    if (node.type === 'ImportSpecifier')
      alias(node.local as AstNode, (node.imported as AstNode).name as string);
    if (node.type === 'VariableDeclarator' && node.init) {
      const init = node.init as AstNode;
      if (init.type !== 'CallExpression' && init.type !== 'MemberExpression' && init.type !== 'Identifier')
        return;
      const chain = calleeChain(init.type === 'CallExpression' ? (init.callee as AstNode) : init);
      if (init.type !== 'CallExpression' || chain.at(-1) === 'extend')
        alias(node.id as AstNode, chain[0] ?? '');
    }
  });
  return kinds;

  function alias(local: AstNode, origin: string): void {
    const kind = kinds.get(origin);
    if (kind !== undefined && typeof local.name === 'string') kinds.set(local.name, kind);
  }
}

/** `test.concurrent.each(table)` gives `['test', 'concurrent', 'each']`. */
function calleeChain(node: AstNode | undefined): string[] {
  switch (node?.type) {
    case 'Identifier':
      return [node.name as string];
    case 'MemberExpression':
      return [...calleeChain(node.object as AstNode), ((node.property as AstNode).name as string) ?? ''];
    case 'CallExpression':
      return [...calleeChain(node.callee as AstNode), '()'];
    case 'TaggedTemplateExpression':
      return [...calleeChain(node.tag as AstNode), '()'];
    default:
      return [];
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

interface Options {
  readonly mode?: string;
  readonly tags: string[];
  readonly only: boolean;
  readonly retry: number;
}

function readOptions(node: AstNode | undefined): Options {
  const properties = ((node?.properties as AstNode[]) ?? []).map(
    (property) =>
      [((property.key as AstNode | undefined)?.name as string) ?? '', property.value as AstNode] as const,
  );
  const mode = properties.find(([key, value]) => MODES.has(key) && value?.value === true)?.[0];
  const tags = properties
    .filter(([key]) => key === 'tags')
    .flatMap(([, value]) => (value?.type === 'ArrayExpression' ? (value.elements as AstNode[]) : [value]))
    .flatMap((element) => (typeof element?.value === 'string' ? [element.value] : []));
  const optionOf = (name: string) => properties.find(([key]) => key === name)?.[1]?.value;
  const only = optionOf('only') === true;
  const retry = Number(optionOf('retry') ?? 0) || 0;
  return { ...(mode !== undefined && { mode }), tags, only, retry };
}

/** Adds the test that stands for those which nobody can read; Vitest fails a suite without any. */
function withTest(tasks: StaticTask[], location: StaticTask['location']): StaticTask[] {
  if (tasks.length > 0) return tasks;
  const facts = { mode: 'run', tags: [], only: false, retry: 0, children: [] } as const;
  return [{ kind: 'test', name: DYNAMIC_TESTS, location, ...facts }];
}

function visit(node: AstNode, see: (node: AstNode) => void): void {
  see(node);
  for (const child of childNodes(node)) visit(child, see);
}

function childNodes(node: AstNode): AstNode[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string';
}
