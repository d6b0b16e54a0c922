/** A node of a parsed source file, of whatever kind. */
export interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Shows a node and all below it, in the order of the source. */
export function visit(node: AstNode, see: (node: AstNode) => void): void {
  see(node);
  for (const child of childNodes(node)) visit(child, see);
}

/** The nodes right below one, in the order of the source. */
export function childNodes(node: AstNode): AstNode[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

/** `test.concurrent.each(table)` gives `['test', 'concurrent', 'each']`. */
export function calleeChain(node: AstNode | undefined): string[] {
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

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string';
}
