import { stripVTControlCharacters } from 'node:util';

const LENGTH = 4_000;
/** Control characters except tab and line feed, and what changes how its neighbours are shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Makes foreign text safe to show and to compare: no escape sequence, no control character, limited length. */
export function plainText(text: string | undefined, length: number = LENGTH): string {
  // Cut before as well: the patterns take time for every character.
  return stripVTControlCharacters((text ?? '').slice(0, 4 * length))
    .replace(CONTROLS, '')
    .slice(0, length);
}

/** The first line that is not blank. */
export function firstLine(text: string, length = 400): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  return line.trim().slice(0, length);
}
