import { basename } from 'node:path/posix';
import ts from 'typescript';
import type { Check } from '../check.js';
import { prose } from '../docs/markdown.js';

/** The names and words that gave way to plainer ones. */
export const ROWS = 'tools/checks/src/tree/old-names.json';

interface Rows {
  /** Whole identifiers with their successors, by how the paths of the files begin that must not hold them. */
  readonly identifiers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Names of files, without their endings. */
  readonly files: Readonly<Record<string, string>>;
  /** Words in text for people: prose in Markdown, and in code what has a space; an id has none. */
  readonly words: Readonly<Record<string, string>>;
}

/** A piece of a file, and which rows are about it. */
interface Part {
  readonly kind: keyof Rows;
  readonly text: string;
  readonly number: number;
}

/** Names and words that gave way to plainer ones do not come back. */
export const oldNames: Check = {
  name: 'old-names',
  run: ({ files, read }) => {
    const rows = JSON.parse(read(ROWS) || '{"identifiers":{},"files":{},"words":{}}') as Rows;
    return files
      .filter((file) => /\.(?:md|[cm]?tsx?)$/.test(file) && !file.startsWith(ROWS.replace(/json$/, '')))
      .flatMap((file) => {
        const scopes = Object.entries(rows.identifiers).filter(([start]) => file.startsWith(start));
        const old = { ...rows, identifiers: Object.assign({}, ...scopes.map(([, names]) => names)) };
        return partsOf(file, read(file), old).flatMap(({ kind, text, number }) =>
          Object.entries<string>(old[kind])
            .filter(([name]) => (kind === 'words' ? anyOf([name]).test(text) : text === name))
            .map(([name, better]) => ({
              where: `${file}:${number}`,
              what: `'${name}' is called '${better}' now`,
            })),
        );
      });
  },
};

function partsOf(file: string, text: string, old: Rows): Part[] {
  const name: Part = { kind: 'files', text: basename(file).replace(/\..*/, ''), number: 1 };
  const isSuspect = anyOf([...Object.keys(old.identifiers), ...Object.keys(old.words)]).test(text);
  if (!isSuspect) return [name];
  const parts = file.endsWith('.md')
    ? prose(text).map((line) => ({ kind: 'words' as const, ...line }))
    : partsOfCode(text);
  return [name, ...parts];
}

function partsOfCode(code: string): Part[] {
  const source = ts.createSourceFile('', code, ts.ScriptTarget.Latest);
  const parts: Part[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      node.kind >= ts.SyntaxKind.FirstLiteralToken && node.kind <= ts.SyntaxKind.LastTemplateToken;
    const { text } = node as ts.LiteralLikeNode;
    const number = source.getLineAndCharacterOfPosition(node.end).line + 1;
    if (ts.isIdentifier(node)) parts.push({ kind: 'identifiers', text, number });
    else if (isText && /\s/.test(text)) parts.push({ kind: 'words', text, number });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return parts;
}

function anyOf(names: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${names.join('|')})\\b`, 'i');
}
