import type { HttpAnswer } from './carried-failure.js';

/** Error bodies are short; more than this is none. */
const MOST_CHARACTERS = 65_536;

/** Reads an answer other than success; a body that breaks off still leaves the status. */
export async function readFailure(response: Response): Promise<HttpAnswer> {
  const { status, headers } = response;
  return { status, headers, body: parsed(await textOf(response).catch(() => '')) };
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
