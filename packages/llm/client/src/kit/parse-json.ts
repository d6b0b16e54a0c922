/** The value of a JSON text; undefined for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The value of a JSON text.
 *
 * @throws SyntaxError that shows nothing of the text, unlike that of `JSON.parse`.
 */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('the text is not JSON');
  }
}
