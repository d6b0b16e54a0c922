import { join, relative } from 'node:path';
import ts from 'typescript';
import type { Check, Violation } from '../check.js';
import { entrySources } from '../packages/exports-exist.js';
import type { Workspace } from '../workspace.js';

/** Every symbol that a published package exports says in one sentence what it is, and so does every option. */
export const documentedExports: Check = {
  name: 'documented-exports',
  run: (workspace) => {
    const { root, packages } = workspace;
    const entries = packages
      .filter(({ manifest }) => manifest.private !== true)
      .flatMap(entrySources)
      .map((file) => join(root, file));
    const program = ts.createProgram(entries, compilerOptions(root));
    const checker = program.getTypeChecker();
    const undocumented = entries
      .flatMap((entry) => exportsOf(entry, program, checker))
      .flatMap((symbol) => [symbol, ...optionsOf(symbol)])
      .filter((symbol) => isOurs(symbol, workspace) && symbol.getDocumentationComment(checker).length === 0);
    return [...new Set(undocumented)].map((symbol) => violation(symbol, root));
  },
};

function compilerOptions(root: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, root);
  return { ...options, noEmit: true, composite: false, incremental: false };
}

function exportsOf(entry: string, program: ts.Program, checker: ts.TypeChecker): ts.Symbol[] {
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) return [];
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

function optionsOf(symbol: ts.Symbol): ts.Symbol[] {
  const isOptions = symbol.flags & ts.SymbolFlags.Interface && /Options$/.test(symbol.name);
  const members = isOptions ? [...(symbol.members?.values() ?? [])] : [];
  return members.filter(({ flags }) => !(flags & ts.SymbolFlags.TypeParameter));
}

function isOurs(symbol: ts.Symbol, { root, files }: Workspace): boolean {
  return (symbol.declarations ?? []).some((node) => files.includes(place(node, root)));
}

function violation(symbol: ts.Symbol, root: string): Violation {
  const node = symbol.declarations?.[0] as ts.Declaration;
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return {
    where: `${place(node, root)}:${line + 1}`,
    what: `'${symbol.name}' has no TSDoc; one sentence will do`,
  };
}

function place(node: ts.Node, root: string): string {
  return relative(root, node.getSourceFile().fileName).replaceAll('\\', '/');
}
