import { parseJson } from '../parse-json.js';
import type { HttpAnswer } from './carried-failure.js';

/** Characters that are read of an error's body; errors are shorter. */
const MOST_CHARACTERS = 65_536;

/** Reads an answer other than success; where its body breaks off, the status alone is left. */
export async function readFailure(response: Response): Promise<HttpAnswer> {
  const { status, headers } = response;
  return { status, headers, body: parseJson(await textOf(response).catch(() => '')) };
}

async function textOf({ body }: Response): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let text = '';
  // Leaving the loop cancels the body.
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_CHARACTERS) break;
  }
  return text;
}
