import { type FaultError, invalid } from '../errors/fault-error.js';

/** Makes an opaque, URL-safe cursor of the position where a page ended. */
export function encodeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position that `encodeCursor` was given; throws a query fault unless its parts have these types, in order. */
export function decodeCursor<T extends readonly ('string' | 'number')[]>(
  cursor: string,
  types: T,
): CursorPosition<T> {
  const position = parse(cursor);
  const fits =
    Array.isArray(position) &&
    position.length === types.length &&
    position.every((part, index) => typeof part === types[index]);
  if (!fits) throw foreignCursor();
  return position as CursorPosition<T>;
}

/** The error of a cursor that this adapter did not give out. */
export function foreignCursor(): FaultError {
  return invalid('query', 'INVALID_CURSOR', 'the cursor is not one that this adapter gave out');
}

/** The values behind a list of type names. */
export type CursorPosition<T extends readonly ('string' | 'number')[]> = {
  -readonly [K in keyof T]: T[K] extends 'string' ? string : number;
};

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
