import type { Provider } from '@drydock/llm';
import type { Groq } from 'groq-sdk';
import { MODEL } from './exchange.js';

/** The SDK as a provider with next to nothing of its own, so that what is measured is the client. */
export function barelyWrapped(groq: Groq): Provider {
  const notMeasured = () => {
    throw new Error('only generate is measured');
  };
  return {
    name: 'groq',
    model: MODEL,
    async generate({ system = '', messages }, { signal } = {}) {
      const turns = messages.map(({ content }) => ({ role: 'user', content }) as const);
      const body = { model: MODEL, messages: [{ role: 'system', content: system } as const, ...turns] };
      const { choices, usage, model } = await groq.chat.completions.create(body, signal && { signal });
      return {
        text: choices[0]?.message.content ?? '',
        toolCalls: [],
        finishReason: 'stop',
        usage: {
          inputTokens: usage?.prompt_tokens ?? 0,
          outputTokens: usage?.completion_tokens ?? 0,
          totalTokens: usage?.total_tokens ?? 0,
        },
        provider: 'groq',
        model,
      };
    },
    stream: notMeasured,
    generateStructured: notMeasured,
    listModels: notMeasured,
    healthCheck: notMeasured,
  };
}
