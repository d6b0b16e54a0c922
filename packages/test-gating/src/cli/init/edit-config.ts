import { parseSync } from 'oxc-parser';
import { type AstNode, childNodes } from '../../gate/source-tree.js';

/** Module that exports the plugin. */
export const PLUGIN_MODULE = '@drydock/test-gating/vitest';

/** A text to put into a source, in place of what stands between the offsets. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Functions of Vitest that return the configuration that they are given. */
const WRAPPERS = new Set(['defineConfig', 'defineProject']);
const TRANSPARENT = new Set([
  'ParenthesizedExpression',
  'TSSatisfiesExpression',
  'TSAsExpression',
  'ChainExpression',
]);

/**
 * Adds the plugin to a Vitest configuration and leaves every other character as it is. Text that has the plugin already
 * comes back as it is; undefined means that the configuration is written in a way that this does not read.
 */
export function withPlugin(path: string, source: string): string | undefined {
  if (source.includes(PLUGIN_MODULE)) return source;
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) return undefined;
  const { body } = program as unknown as { body: AstNode[] };
  const config = configObject(exported(body), body);
  const plugin = config && pluginEdit(config, source);
  if (!plugin) return undefined;
  const edited = apply(source, [plugin, importEdit(body, source)]);
  return parseSync(path, edited).errors.length === 0 ? edited : undefined;
}

function exported(body: readonly AstNode[]): AstNode | undefined {
  const node = body.find(({ type }) => type === 'ExportDefaultDeclaration');
  if (node) return node.declaration as AstNode;
  const assignments = body
    .filter(({ type }) => type === 'ExpressionStatement')
    .map(({ expression }) => expression as AstNode)
    .filter(({ type }) => type === 'AssignmentExpression');
  return assignments.find(({ left }) => isModuleExports(left as AstNode))?.right as AstNode | undefined;
}

function isModuleExports({ type, object, property }: AstNode): boolean {
  return type === 'MemberExpression' && nameOf(object) === 'module' && nameOf(property) === 'exports';
}

/** The object that holds the options, behind the functions and names that lead to it. */
function configObject(node: AstNode | undefined, body: readonly AstNode[]): AstNode | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'ObjectExpression') return node;
  if (TRANSPARENT.has(node.type)) return configObject(node.expression as AstNode, body);
  if (node.type === 'Identifier') return configObject(constant(node.name as string, body), body);
  if (/Function/.test(node.type)) return configObject(returned(node.body as AstNode), body);
  if (node.type !== 'CallExpression') return undefined;
  const parameters = node.arguments as AstNode[];
  const callee = nameOf(node.callee) ?? '';
  if (WRAPPERS.has(callee)) return configObject(parameters[0], body);
  // The later parts of a merge win; plugins of all of them are kept.
  return callee === 'mergeConfig' ? configObject(parameters[1], body) : undefined;
}

function returned(body: AstNode): AstNode | undefined {
  if (body.type !== 'BlockStatement' && body.type !== 'FunctionBody') return body;
  const returns = returnsIn(body);
  return returns.length === 1 ? (returns[0]?.argument as AstNode) : undefined;
}

function returnsIn(node: AstNode): AstNode[] {
  const own = childNodes(node).filter(({ type }) => !/Function/.test(type));
  return own.flatMap((child) => (child.type === 'ReturnStatement' ? [child] : returnsIn(child)));
}

function constant(name: string, body: readonly AstNode[]): AstNode | undefined {
  const declarations = body
    .filter(({ type, kind }) => type === 'VariableDeclaration' && kind === 'const')
    .flatMap((node) => node.declarations as AstNode[]);
  return declarations.find(({ id }) => nameOf(id) === name)?.init as AstNode | undefined;
}

function pluginEdit(config: AstNode, source: string): Edit | undefined {
  const properties = config.properties as AstNode[];
  const plugins = properties.find(({ key }) => nameOf(key) === 'plugins');
  if (plugins) return insideOf(plugins, source);
  // What is spread may hold plugins of its own, which a new property would replace or lose to.
  if (properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const [first] = properties;
  const start = config.start + 1;
  if (first === undefined) return { start, end: config.end as number, text: ' plugins: [drydock()] }' };
  const space = source.slice(start, first.start);
  // A comment before the first option stays with it.
  const gap = /^\s*/.exec(space)?.[0] || ' ';
  return insert(start, `${gap}plugins: [drydock()],`);
}

function insideOf(property: AstNode, source: string): Edit | undefined {
  const value = property.value as AstNode;
  if (property.method === true || property.kind === 'get') return undefined;
  const { start, end } = value as AstNode & { end: number };
  const text = source.slice(start, end);
  if (property.shorthand === true) return { start, end, text: `${text}: [drydock(), ${text}]` };
  // Vite takes plugins in lists of any depth.
  if (value.type !== 'ArrayExpression') return { start, end, text: `[drydock(), ${text}]` };
  const [first] = value.elements as (AstNode | null)[];
  if (!first) return insert(start + 1, 'drydock()');
  const gap = /^\s*/.exec(source.slice(start + 1, first.start))?.[0] ?? '';
  return insert(start + 1, `${gap}drydock(),${gap === '' ? ' ' : ''}`);
}

/** Goes before the first import, whose quotes and semicolon it takes over; by `require` in a module of CommonJS. */
function importEdit(body: readonly AstNode[], source: string): Edit {
  const first = body.find(({ type }) => type === 'ImportDeclaration');
  const text = first ? source.slice(first.start, first.end as number) : '';
  const quote = text.includes('"') ? '"' : "'";
  const end = text !== '' && !text.endsWith(';') ? '' : ';';
  const isModule = body.some(({ type }) => /^(?:Import|Export)/.test(type));
  const line = isModule
    ? `import { drydock } from ${quote}${PLUGIN_MODULE}${quote}${end}\n`
    : `const { drydock } = require('${PLUGIN_MODULE}');\n`;
  return insert((first ?? body.find((node) => node.directive === undefined))?.start ?? 0, line);
}

function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function apply(source: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source);
}

function nameOf(node: unknown): string | undefined {
  const { type, name, value } = (node ?? {}) as { type?: string; name?: string; value?: unknown };
  if (type === 'Identifier') return name;
  return type === 'Literal' && typeof value === 'string' ? value : undefined;
}
