// @module-tag loopback
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import type { Provider } from '@drydock/llm';
import { createGeminiProvider } from '@drydock/llm-gemini';
import { createGroqProvider } from '@drydock/llm-groq';
import { createMistralProvider } from '@drydock/llm-mistral';
import { createOpenAICompatibleProvider } from '@drydock/llm-openai-compatible';
import { generate } from 'selfsigned';
import { ProxyAgent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';

type Create = (options: { baseURL: string; fetch: typeof globalThis.fetch }) => Provider;

const PROVIDERS: Readonly<Record<string, Create>> = {
  gemini: (options) => createGeminiProvider({ ...options, apiKey: 'k' }),
  groq: ({ baseURL, fetch }) => createGroqProvider({ baseURL: `${baseURL}/v1`, fetch }),
  mistral: ({ baseURL, fetch }) => createMistralProvider({ baseURL: `${baseURL}/v1`, fetch }),
  'openai-compatible': ({ baseURL, fetch }) =>
    createOpenAICompatibleProvider({ baseURL: `${baseURL}/v1`, fetch }),
};

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const ANSWER = JSON.stringify({
  // Both APIs at once, since each provider reads its own members.
  candidates: [{ content: { parts: [{ text: 'pong' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1 },
  choices: [{ index: 0, message: { role: 'assistant', content: 'pong' }, finish_reason: 'stop' }],
  id: '1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  usage,
});

const answer: RequestListener = (request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json').end(ANSWER);
};
const servers: Server[] = [];
let certificate: string;
let origins: Readonly<Record<string, string>>;
/** What went through the proxy. */
const passed: string[] = [];
let proxy: string;

beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
  });
  certificate = cert;
  origins = {
    http: `http://127.0.0.1:${await listen(createServer(answer))}`,
    https: `https://127.0.0.1:${await listen(createTlsServer({ cert, key }, answer))}`,
  };
  const through = createServer((request, response) => {
    passed.push(`${request.method} ${new URL(request.url ?? '').pathname}`);
    answer(request, response);
  });
  through.on('connect', ({ url = '' }, client) => {
    passed.push('CONNECT');
    const server = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(server).pipe(client);
    });
    for (const socket of [client, server]) socket.on('error', () => socket.destroy());
  });
  proxy = `http://127.0.0.1:${await listen(through)}`;
});

afterAll(() => {
  for (const server of servers) {
    server.close();
    (server as ReturnType<typeof createServer>).closeAllConnections();
  }
});

test.each(
  Object.keys(PROVIDERS).flatMap((name) => [
    [name, 'http'],
    [name, 'https'],
  ]),
)('%s answers through a proxy for %s', async (name, scheme) => {
  passed.length = 0;
  // Without a tunnel for plain HTTP, as proxies of companies mostly have it.
  const dispatcher = new ProxyAgent({
    uri: proxy,
    requestTls: { ca: certificate },
    proxyTunnel: scheme === 'https',
  });
  const fetch = ((url, init) =>
    undiciFetch(url as string, { ...(init as object), dispatcher })) as typeof globalThis.fetch;
  const provider = PROVIDERS[name]?.({ baseURL: origins[scheme] ?? '', fetch });
  const { text } = (await provider?.generate({ messages: [{ role: 'user', content: 'ping' }] })) ?? {};
  await dispatcher.close();
  expect(text).toBe('pong');
  expect(passed).toEqual([scheme === 'https' ? 'CONNECT' : expect.stringMatching(/^POST /)]);
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
