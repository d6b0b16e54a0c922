import { parseSync } from 'oxc-parser';
import { type AstNode, visit } from './source-tree.js';
import { constantsOf, propertiesOf, type Resolve } from './static-options.js';
import { testFunctions } from './test-functions.js';

/** Whether a test or suite of a file has tags that its source text does not tell, such as `{ tags: [TAGS.db] }`. */
export function hasUnreadTags(path: string, source: string): boolean {
  const { program: root, errors } = parseSync(path, source);
  if (errors.length > 0) return true;
  const program = root as unknown as AstNode;
  const functions = testFunctions(program);
  const resolve = constantsOf(program);
  let isFound = false;
  visit(program, (node) => {
    if (isFound || node.type !== 'CallExpression') return;
    const parameters = node.arguments as AstNode[];
    const isTest = functions.kindOf(node.callee as AstNode, parameters) !== undefined;
    if (!isTest && !looksLikeTest(parameters)) return;
    isFound = parameters
      .flatMap((parameter) => propertiesOf(resolve(parameter), resolve))
      .some(([name, value]) => name === 'tags' && !isRead(value, resolve));
  });
  return isFound;
}

/** Helpers that define tests are called as `test` is: with a name, or with what is to be run. */
function looksLikeTest(parameters: readonly AstNode[]): boolean {
  const [first] = parameters;
  const isNamed = first?.type === 'TemplateLiteral' || typeof first?.value === 'string';
  return isNamed || parameters.some(({ type }) => /^(?:Arrow)?Function/.test(type));
}

function isRead(node: AstNode | undefined, resolve: Resolve): boolean {
  const found = resolve(node);
  if (found?.type === 'SpreadElement') return isRead(found.argument as AstNode, resolve);
  if (found?.type !== 'ArrayExpression') return typeof found?.value === 'string';
  return (found.elements as (AstNode | null)[]).every((element) => element && isRead(element, resolve));
}
