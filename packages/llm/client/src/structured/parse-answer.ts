import { jsonSpans } from './json-spans.js';

const FENCE = '```';
/** What models that reason put around their thoughts; some servers keep back the first of the two. */
const THOUGHTS = /^\s*<(think|thinking|thought|reasoning)>/;
const END_OF_THOUGHTS = /<\/(?:think|thinking|thought|reasoning)>/g;

/**
 * The JSON values that an answer may mean, also within a Markdown fence, after thoughts or among prose; the likeliest comes
 * first. Of several values in prose that is the last, since examples come before it.
 */
export function* answerValues(text: string): Generator<unknown, void, undefined> {
  const whole = attempt(text);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  const told = withoutThoughts(text);
  const tried = new Set([text]);
  for (const candidate of [told, withoutFence(told), ...jsonSpans(told)]) {
    if (tried.has(candidate)) continue;
    tried.add(candidate);
    const value = attempt(candidate);
    if (value !== undefined) yield value;
  }
}

/** What an answer says so far, without the thoughts before it and the fence around it; empty while it has only thought. */
export function withoutFence(given: string): string {
  const text = withoutThoughts(given);
  const start = text.indexOf(FENCE);
  // A fence within a string of a bare value is none.
  if (start === -1 || /^\s*[[{"]/.test(text)) return text;
  const line = text.indexOf('\n', start);
  if (line === -1) return '';
  const end = text.lastIndexOf(FENCE);
  return text.slice(line + 1, end > start ? end : undefined);
}

function withoutThoughts(text: string): string {
  if (/^\s*[[{"]/.test(text)) return text;
  const end = [...text.matchAll(END_OF_THOUGHTS)].at(-1);
  if (end) return text.slice(end.index + end[0].length);
  return THOUGHTS.test(text) ? '' : text;
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
