import ts from 'typescript';
import type { Check, Violation } from '../check.js';
import { isShippedSource, type Workspace } from '../workspace.js';

/** Where facts of the field stand as data, alike for servers that have an adapter here and for others. */
const DATA = /\/src\/(?:tables|shapes)\/|^packages\/workspace\/src\/well-known-variables\.ts$/;

/** The harness: what serves every backend and provider. */
const HARNESS = /^packages\/(?:triage|redaction|workspace|services|network-guard|test-gating|nx)\//;

/** The harness names no backend and no provider of the workspace in its code: their packages' manifests speak for them. */
export const namesInTables: Check = {
  name: 'names-in-tables',
  run: (workspace) => {
    const names = namesOf(workspace);
    return workspace.files
      .filter((file) => HARNESS.test(file) && isShippedSource(file) && !DATA.test(file))
      .flatMap((file) => violationsIn(file, workspace.read(file), names));
  },
};

function namesOf({ packages }: Workspace): string[] {
  return packages.flatMap(({ manifest: { drydock = {} } }) => drydock.backend ?? drydock.provider ?? []);
}

function violationsIn(file: string, text: string, names: readonly string[]): Violation[] {
  return tokensOf(text).flatMap(({ word, line }) => {
    const name = names.find((each) => word.toLowerCase().includes(each));
    const what = `names ${name}: read it from the manifests, or make it data in src/tables or src/shapes`;
    return name === undefined ? [] : [{ where: `${file}:${line}`, what }];
  });
}

/** Identifiers, texts and patterns: all of a file's code but its comments. */
function tokensOf(text: string): { word: string; line: number }[] {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const tokens: { word: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (node.getChildCount(source) === 0)
      tokens.push({
        word: node.getText(source),
        line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
      });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tokens;
}
