import type { GenerateRequest } from '@drydock/llm';
import { MODEL, PROMPT } from './exchange.js';

/** Makes a call and returns the text of the answer. */
export type Ask = () => Promise<string>;

const SYSTEM = 'Answer in three sentences.';
const REQUEST: GenerateRequest = { system: SYSTEM, messages: [{ role: 'user', content: PROMPT }] };
const apiKey = 'not-a-key';

/** The same call through each library, without retries where they can be turned off; each is loaded only where it is measured. */
export const SUBJECTS: Readonly<Record<string, () => Promise<Ask>>> = {
  'groq-sdk': async () => {
    const { default: Groq } = await import('groq-sdk');
    const groq = new Groq({ apiKey, maxRetries: 0 });
    return async () => {
      const { choices } = await groq.chat.completions.create({
        model: MODEL,
        messages: [
          { role: 'system', content: SYSTEM },
          { role: 'user', content: PROMPT },
        ],
      });
      return choices[0]?.message.content ?? '';
    };
  },
  '@drydock/llm-groq': async () => {
    const { createGroqProvider } = await import('@drydock/llm-groq');
    const provider = createGroqProvider({ apiKey, model: MODEL });
    return async () => (await provider.generate(REQUEST)).text;
  },
  '@drydock/llm': async () => {
    const [{ createGroqProvider }, { createClient }] = await Promise.all([
      import('@drydock/llm-groq'),
      import('@drydock/llm'),
    ]);
    const client = createClient({ providers: [createGroqProvider({ apiKey, model: MODEL })] });
    return async () => (await client.generate(REQUEST)).text;
  },
  'AI SDK': async () => {
    const [{ generateText }, { createGroq }] = await Promise.all([import('ai'), import('@ai-sdk/groq')]);
    const model = createGroq({ apiKey })(MODEL);
    return async () => (await generateText({ model, system: SYSTEM, prompt: PROMPT })).text;
  },
  'LangChain.js': async () => {
    const [{ ChatGroq }, { HumanMessage, SystemMessage }] = await Promise.all([
      import('@langchain/groq'),
      import('@langchain/core/messages'),
    ]);
    const model = new ChatGroq({ apiKey, model: MODEL });
    return async () => {
      const { content } = await model.invoke([new SystemMessage(SYSTEM), new HumanMessage(PROMPT)]);
      return content as string;
    };
  },
};
