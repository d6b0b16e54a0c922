import { closest, distance } from 'fastest-levenshtein';
import type { StorageQuery } from './record.js';

/**
 * Every name that an object may have, with the types of its value: `string`, `boolean|object`, `list`, or `any` where
 * somebody else checks it; `|null` where null means something, `!` where an undefined value would select too much. The compiler finds a name that was forgotten.
 */
export type Shape<T> = { readonly [Name in keyof Required<T> & string]: string };

/** What every query may hold; both are checked by themselves. */
export const PAGE: Shape<StorageQuery> = { limit: 'any', cursor: 'any' };

/** An object's names and their types, whatever it describes. */
export type AnyShape = Readonly<Record<string, string>>;

/** The first thing about an object that would be ignored or misread, or undefined; names are shown, values never. */
export function shapeFlaw(value: object, shape: AnyShape, path = ''): string | undefined {
  // Inherited names count: an `AbortSignal` in the place of options has all of its own from its class.
  for (const name in value) {
    const types = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const part = (value as Readonly<Record<string, unknown>>)[name];
    if (types === undefined) {
      if (!(name in Object.prototype)) return unknownName(name, Object.keys(shape), path);
    } else if (part === undefined) {
      if (types.endsWith('!')) return `\`${path}${name}\` is undefined; give it a value, or leave it out`;
    } else if (!fits(part, types)) {
      return `\`${path}${name}\` must be ${part === null ? 'left out instead of null' : article(types)}`;
    }
  }
  return undefined;
}

function fits(value: unknown, types: string): boolean {
  if (value === null) return types.includes('null');
  return types.startsWith('any') || types.includes(Array.isArray(value) ? 'list' : typeof value);
}

function unknownName(name: string, known: readonly string[], path: string): string {
  const nearest = known.length === 0 ? '' : closest(name, [...known]);
  const alike = distance(name, nearest) <= Math.max(2, name.length / 2);
  const hint = alike ? `did you mean \`${path}${nearest}\`?` : `known: ${known.join(', ') || 'none'}`;
  return `\`${path}${name.slice(0, 64)}\` is not known; ${hint}`;
}

/** Such as `a boolean or an object`. */
function article(types: string): string {
  const nouns = types
    .replace('!', '')
    .split('|')
    .map((type) => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`);
  return nouns.join(' or ');
}
