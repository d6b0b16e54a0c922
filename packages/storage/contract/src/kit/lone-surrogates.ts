/** An escaped surrogate without its other half: legal JSON for JavaScript, and for no server. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;

/** Whether a JSON text that `encodeJson` made holds a lone surrogate, which UTF-8 cannot. */
export function holdsLoneSurrogate(json: string): boolean {
  return json.includes('\\u') && LONE_SURROGATE.test(json);
}
