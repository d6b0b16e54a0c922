import { stripVTControlCharacters } from 'node:util';

const NAME_LIMIT = 300;
const TEXT_LIMIT = 20_000;
const PLAIN = new Set(['\n', '\t']);

/** Text for one line, whatever it held: no terminal sequence, control characters as pictures, at most `limit` characters. */
export function oneLine(text: string, limit = NAME_LIMIT): string {
  return cut(
    harmless(cut(text, limit * 4))
      .replaceAll('\n', '␊')
      .replaceAll('\t', '␉'),
    limit,
  );
}

/** Text that may have several lines, made as harmless as a single one. */
export function manyLines(text: string, limit = TEXT_LIMIT): string {
  return cut(harmless(cut(text, limit * 2)), limit);
}

/** Replaces characters that cannot be shown, or that change how others are shown, by pictures; lines and tabs stay. */
function harmless(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n'))
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/\p{Cc}/gu, (character) => (PLAIN.has(character) ? character : pictureOf(character)))
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}

/** Unicode has pictures for the control characters of ASCII. */
function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length - limit} more characters)`;
}
