import { firstLine } from './locate.cjs';

/** The interpreter that the first line of a script names, and what follows it on that line. */
export interface Interpreter {
  path: string;
  /** One argument, however many words it has; absent where nothing follows. */
  argument: string | undefined;
}

// The kernel knows two separators only: a no-break space or a carriage return belongs to the name.
const SHEBANG = /^#![ \t]*([^ \t\n\0]+)[ \t]*([^\n\0]*)/;
/** A text that `env -S` splits at blanks and does nothing else to. */
const PLAIN = /^[\w@%+=:,./ \t-]*$/;

/** Reads the first line of a file as the kernel does; undefined where it names no interpreter. */
export function readShebang(file: string): Interpreter | undefined {
  const [, path, rest = ''] = SHEBANG.exec(firstLine(file)) ?? [];
  if (path === undefined) return undefined;
  return { path, argument: rest.replace(/[ \t]+$/, '') || undefined };
}

/** The words of `env`'s one argument: a program's name, or what `-S` splits; none where it does more than that. */
export function wordsForEnv(argument: string | undefined): readonly string[] {
  if (argument === undefined) return [];
  const [, split] = /^-S[ \t]*(.*)$/.exec(argument) ?? [];
  if (split === undefined) return argument.startsWith('-') ? [] : [argument];
  return PLAIN.test(split) ? split.split(/[ \t]+/).filter(Boolean) : [];
}
