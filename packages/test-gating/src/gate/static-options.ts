import { type AstNode, visit } from './source-tree.js';

/** Options of a test or suite, as far as the source text shows them. */
export interface StaticOptions {
  readonly mode?: 'skip' | 'todo';
  readonly tags: string[];
  readonly only: boolean;
  readonly retry: number;
}

/** Finds what a name or a member stands for, where the file itself says so. */
export type Resolve = (node: AstNode | undefined) => AstNode | undefined;

/** Reads the constants of a file: `const db = { tags: ['integration'] }`. */
export function constantsOf(program: AstNode): Resolve {
  const constants = new Map<string, AstNode>();
  visit(program, (node) => {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'const') return;
    for (const { id, init } of node.declarations as { id: AstNode; init: AstNode | null }[])
      if (typeof id.name === 'string' && init) constants.set(id.name, init);
  });
  return (node) => resolve(node, 0);

  function resolve(node: AstNode | undefined, depth: number): AstNode | undefined {
    // The limit ends the search in source text where a constant refers to itself.
    if (node === undefined || depth > 20) return undefined;
    if (/^TS(?:As|Satisfies|NonNull)/.test(node.type)) return resolve(node.expression as AstNode, depth + 1);
    if (node.type === 'Identifier') return resolve(constants.get(node.name as string), depth + 1);
    if (node.type !== 'MemberExpression') return node;
    const object = resolve(node.object as AstNode, depth + 1);
    const property = (object?.properties as AstNode[] | undefined)?.find(
      ({ key }) => (key as AstNode | undefined)?.name === (node.property as AstNode).name,
    );
    return resolve(property?.value as AstNode | undefined, depth + 1);
  }
}

/** Reads the options among the arguments that follow a test's name. */
export function readOptions(parameters: readonly AstNode[], resolve: Resolve): StaticOptions {
  const node = parameters
    .map((parameter) => resolve(parameter))
    .find((found) => found?.type === 'ObjectExpression');
  const values = new Map(propertiesOf(node, resolve));
  const optionOf = (name: string) => resolve(values.get(name))?.value;
  const mode = (['skip', 'todo'] as const).find((name) => optionOf(name) === true);
  return {
    ...(mode !== undefined && { mode }),
    tags: textsOf(values.get('tags'), resolve),
    only: optionOf('only') === true,
    retry: Number(optionOf('retry') ?? 0) || 0,
  };
}

/** Names and values, spread objects included, the latter winning. */
export function propertiesOf(node: AstNode | undefined, resolve: Resolve): [string, AstNode][] {
  return ((node?.properties as AstNode[] | undefined) ?? []).flatMap((property): [string, AstNode][] => {
    if (property.type === 'SpreadElement')
      return propertiesOf(resolve(property.argument as AstNode), resolve);
    const { name, value } = property.key as AstNode;
    return [[String(name ?? value), property.value as AstNode]];
  });
}

function textsOf(node: AstNode | undefined, resolve: Resolve): string[] {
  const found = resolve(node);
  if (found?.type === 'ArrayExpression')
    return (found.elements as (AstNode | null)[]).flatMap((element) =>
      textsOf(element ?? undefined, resolve),
    );
  if (found?.type === 'SpreadElement') return textsOf(found.argument as AstNode, resolve);
  return typeof found?.value === 'string' ? [found.value] : [];
}
