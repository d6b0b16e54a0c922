import { type AstNode, calleeChain, visit } from './source-tree.js';

type Kind = 'suite' | 'test';

const SUITES = new Set(['describe', 'suite']);
const TESTS = new Set(['test', 'it']);
/** How people call what they made of `test` or `describe` in a file of fixtures: `dbTest`, `describeWithServer`. */
const SUITE_NAME = /^(?:describe|suite)(?=[A-Z_])|(?:Describe|Suite)$/;
const TEST_NAME = /^(?:test|it)(?=[A-Z_])|(?:Test|It)$/;

/** Knows which calls of a file define tests and suites. */
export interface TestFunctions {
  /** Kind that the call defines; undefined where it defines neither a test nor a suite. */
  kindOf(callee: AstNode, parameters: readonly AstNode[]): Kind | undefined;
}

/** Finds the local names of `test` and `describe`: globals, imports, whole modules, and what `.extend()` returned. */
export function testFunctions(program: AstNode): TestFunctions {
  const kinds = new Map<string, Kind>();
  const guessed = new Set<string>();
  const modules = new Set<string>();
  for (const name of SUITES) kinds.set(name, 'suite');
  for (const name of TESTS) kinds.set(name, 'test');
  visit(program, (node) => {
    if (node.type === 'ImportNamespaceSpecifier') modules.add((node.local as AstNode).name as string);
    if (node.type === 'ImportSpecifier') readImport(node.local as AstNode, (node.imported as AstNode).name);
    if (node.type === 'VariableDeclarator' && node.init)
      readVariable(node.id as AstNode, node.init as AstNode);
  });
  return { kindOf };

  function kindOf(callee: AstNode, parameters: readonly AstNode[]): Kind | undefined {
    const [root = '', ...members] = chainOf(callee);
    if (guessed.has(root) && !parameters.some(({ type }) => /^(?:Arrow)?Function/.test(type)))
      return undefined;
    const kind = kinds.get(root);
    // test.describe defines a suite whose tests use the same fixtures.
    return kind === 'test' && members.some((member) => SUITES.has(member)) ? 'suite' : kind;
  }

  function chainOf(callee: AstNode): string[] {
    const [root = '', ...members] = calleeChain(callee);
    return modules.has(root) ? members : [root, ...members];
  }

  function readImport({ name: local }: AstNode, imported: unknown): void {
    if (typeof local !== 'string' || typeof imported !== 'string') return;
    const known = kinds.get(imported);
    const kind = known ?? kindByName(local);
    if (kind === undefined) return;
    kinds.set(local, kind);
    if (known === undefined) guessed.add(local);
  }

  function readVariable({ name: local }: AstNode, init: AstNode): void {
    const chain = chainOf(init.type === 'CallExpression' ? (init.callee as AstNode) : init);
    const kind = kinds.get(chain[0] ?? '');
    if (kind === undefined || typeof local !== 'string') return;
    if (init.type !== 'CallExpression' || chain.at(-1) === 'extend') kinds.set(local, kind);
  }
}

function kindByName(name: string): Kind | undefined {
  if (SUITE_NAME.test(name)) return 'suite';
  return TEST_NAME.test(name) ? 'test' : undefined;
}
