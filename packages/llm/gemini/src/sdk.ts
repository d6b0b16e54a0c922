import { lazily, openEvents, type Request, readJson, throughSdk } from '@drydock/llm/provider-kit';
import type { GenerativeModel } from '@google/generative-ai';
import type {
  BatchEmbedAnswer,
  BatchEmbedBody,
  CountTokensAnswer,
  GenerateContentAnswer,
  GenerateContentBody,
} from './api.js';
import { withFetch } from './fetch-swap.js';

const loadSdk = lazily(() => import('@google/generative-ai'));

/** Where a request goes and how. */
export interface SdkCall extends Pick<Request, 'exchange'> {
  readonly apiKey: string;
  /** Scheme and host, without a version. */
  readonly baseUrl: string;
  readonly model: string;
  /** Sends the one request with its signal, which the SDK does not get: it would send after it has fired, and keep its listener. */
  readonly fetch: typeof globalThis.fetch;
}

/** The answer to a prompt. */
export async function generateContent(
  call: SdkCall,
  body: GenerateContentBody,
): Promise<GenerateContentAnswer> {
  const sending = through(call, (model) => model.generateContent(body as never));
  return (await readJson(call, sending)) as GenerateContentAnswer;
}

/** The answer to a prompt, event by event. */
export async function* streamGenerateContent(
  call: SdkCall,
  body: GenerateContentBody,
): AsyncGenerator<GenerateContentAnswer, void, undefined> {
  const send = async (model: GenerativeModel) => {
    const { response } = await model.generateContentStream(body as never);
    // The SDK finds nothing in the answer that stands in.
    response.catch(() => {});
  };
  yield* await openEvents<GenerateContentAnswer>(through(call, send));
}

/** How many tokens a prompt has. */
export async function countTokens(call: SdkCall, body: GenerateContentBody): Promise<CountTokensAnswer> {
  const sending = through(call, (model) => model.countTokens({ generateContentRequest: body } as never));
  return (await readJson(call, sending)) as CountTokensAnswer;
}

/** One vector for each of several texts. */
export async function batchEmbedContents(call: SdkCall, body: BatchEmbedBody): Promise<BatchEmbedAnswer> {
  const sending = through(call, (model) => model.batchEmbedContents(body as never));
  return (await readJson(call, sending)) as BatchEmbedAnswer;
}

/** Makes the SDK send one request, and gives the answer as it came. */
async function through(
  call: SdkCall,
  start: (model: GenerativeModel) => Promise<unknown>,
): Promise<Response> {
  const { GoogleGenerativeAI } = await loadSdk();
  const { apiKey, baseUrl, model: name } = call;
  const model = new GoogleGenerativeAI(apiKey).getGenerativeModel({ model: name }, { baseUrl });
  const standIn = () => new Response('{}', { headers: { 'content-type': 'application/json' } });
  return throughSdk(call.fetch, standIn, (fetch) => withFetch(fetch, () => start(model)));
}
