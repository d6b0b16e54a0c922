/** The model that every subject asks for. */
export const MODEL = 'openai/gpt-oss-20b';

/** What every subject asks: about 500 tokens. */
export const PROMPT =
  'Which of these statements follows from the others, and which contradicts them? '.repeat(25);

/** What the fake server answers: about 300 tokens. */
export const ANSWER = 'The third statement follows from the first. '.repeat(30);

/** The answer as Groq's public API document describes it. */
export const BODY = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: MODEL,
  choices: [
    { index: 0, message: { role: 'assistant', content: ANSWER }, logprobs: null, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 500, completion_tokens: 300, total_tokens: 800 },
});
