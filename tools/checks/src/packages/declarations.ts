/** What a file exports under a name. */
export interface Declaration {
  readonly kind: 'class' | 'function' | 'const' | 'interface' | 'type' | 'enum';
  readonly name: string;
  /** Names of what a class or an interface holds, without what is private, in order. */
  readonly members: readonly string[];
}

const EXPORTED =
  /^export (?:default |declare |abstract |async )*(class|function|const|interface|type|enum)\*? ([\w$]+)/gm;
// Biome indents the members of a declaration by two spaces, and what is inside of them further.
const MEMBER =
  /^ {2}(?:(?:static|abstract|override|protected|readonly|async|get|set) )*([A-Za-z_$][\w$]*)[?!]?(?=[(<:;]| =)/gm;

/** What a formatted source declares and exports, in its order. */
export function declarationsIn(source: string): Declaration[] {
  return [...source.matchAll(EXPORTED)].map(({ 1: kind, 2: name, index }) => ({
    kind: kind as Declaration['kind'],
    name: name as string,
    members: kind === 'class' || kind === 'interface' ? membersOf(source.slice(index)) : [],
  }));
}

function membersOf(declaration: string): string[] {
  const end = declaration.search(/^\}/m);
  const names = [...declaration.slice(0, end).matchAll(MEMBER)].map((match) => match[1] as string);
  return [...new Set(names)];
}
