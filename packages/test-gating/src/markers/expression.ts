import { suggestion, UsageError } from '@drydock/workspace';

/** A parsed `-m` expression: pytest's `and`, `or`, `not` and parentheses over marker names. */
export interface Expression {
  /** Whether a test with these markers is selected. */
  matches(markers: ReadonlySet<string>): boolean;
  /** Names that stand outside every `not`. */
  readonly positive: ReadonlySet<string>;
}

type Node =
  | { kind: 'name'; name: string }
  | { kind: 'not'; operand: Node }
  | { kind: 'and' | 'or'; left: Node; right: Node };

/**
 * Parses a `-m` expression; `_` and `-` are the same in names.
 *
 * @throws UsageError on a syntax error or an unknown marker, with the place or the nearest known name.
 */
export function parseExpression(text: string, known: readonly string[]): Expression {
  const tokens = tokenize(text);
  let at = 0;

  const either = (): Node => chain('or', () => chain('and', unary));
  const root = either();
  if (at < tokens.length) fail(`unexpected '${tokens[at]}'`);
  return { matches: (markers) => evaluate(root, markers), positive: positiveNames(root) };

  function chain(operator: 'and' | 'or', operand: () => Node): Node {
    let left = operand();
    while (tokens[at] === operator) {
      at += 1;
      left = { kind: operator, left, right: operand() };
    }
    return left;
  }

  function unary(): Node {
    const token = tokens[at++];
    if (token === undefined) return fail('it ends too early');
    if (token === 'not') return { kind: 'not', operand: unary() };
    if (token === '(') {
      const inner = either();
      if (tokens[at++] !== ')') return fail("a ')' is missing");
      return inner;
    }
    if (token === ')' || token === 'and' || token === 'or') return fail(`unexpected '${token}'`);
    return { kind: 'name', name: knownName(token) };
  }

  function knownName(token: string): string {
    const name = token.replaceAll('_', '-');
    const found = known.find((candidate) => candidate.replaceAll('_', '-') === name);
    return found ?? fail(`unknown marker '${token}'. ${suggestion(name, known)}`);
  }

  function fail(what: string): never {
    throw new UsageError(`-m "${text}": ${what}${what.endsWith('.') || what.endsWith('?') ? '' : '.'}`);
  }
}

function tokenize(text: string): string[] {
  return text.match(/[()]|[^\s()]+/g) ?? [];
}

function evaluate(node: Node, markers: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'name':
      return markers.has(node.name);
    case 'not':
      return !evaluate(node.operand, markers);
    case 'and':
      return evaluate(node.left, markers) && evaluate(node.right, markers);
    case 'or':
      return evaluate(node.left, markers) || evaluate(node.right, markers);
  }
}

function positiveNames(node: Node, negated = false, found = new Set<string>()): ReadonlySet<string> {
  if (node.kind === 'name') {
    if (!negated) found.add(node.name);
  } else if (node.kind === 'not') {
    positiveNames(node.operand, !negated, found);
  } else {
    positiveNames(node.left, negated, found);
    positiveNames(node.right, negated, found);
  }
  return found;
}
