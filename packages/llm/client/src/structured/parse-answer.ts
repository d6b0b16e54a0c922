const FENCE = '```';

/**
 * The JSON value of an answer, within a Markdown fence or without.
 *
 * @throws SyntaxError for anything else; its message shows a part of the answer.
 */
export function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fenced = withoutFence(text);
    if (fenced === text) throw error;
    return JSON.parse(fenced);
  }
}

/** What stands within the fence, also while its end has not come; the text itself where there is none. */
export function withoutFence(text: string): string {
  const start = text.indexOf(FENCE);
  // A fence within a string of a bare value is none.
  if (start === -1 || /^\s*[[{"]/.test(text)) return text;
  const line = text.indexOf('\n', start);
  if (line === -1) return '';
  const end = text.lastIndexOf(FENCE);
  return text.slice(line + 1, end > start ? end : undefined);
}
