import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** Narrower than this, a text is not wrapped beside its label. */
const LEAST_COLUMNS = 20;

/** Columns of a terminal; no limit where a stream is not one, so that a line in a log stays one line. */
export function widthOf({ isTTY, columns }: Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>): number {
  return isTTY && columns ? columns : Number.POSITIVE_INFINITY;
}

/** A label and its text, wrapped to a width with every further line below the beginning of the text. */
export function wrapped(label: string, text: string, width: number): string[] {
  const indent = stripVTControlCharacters(label).length;
  const room = width - indent;
  if (!Number.isFinite(width) || room < LEAST_COLUMNS) return [`${label}${text}`.trimEnd()];
  const [first = '', ...more] = wrapAnsi(text.trimEnd(), room, { hard: true }).split('\n');
  return [`${label}${first}`.trimEnd(), ...more.map((line) => `${' '.repeat(indent)}${line}`.trimEnd())];
}
