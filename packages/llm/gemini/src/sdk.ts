import { lazily } from '@drydock/llm/provider-kit';
import type { GenerativeModel } from '@google/generative-ai';
import type {
  BatchEmbedAnswer,
  BatchEmbedBody,
  CountTokensAnswer,
  GenerateContentAnswer,
  GenerateContentBody,
} from './api.js';
import { FetchSwap } from './fetch-swap.js';

const loadSdk = lazily(() => import('@google/generative-ai'));

/** Where a request goes and how. */
export interface SdkCall {
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
  return through(call, async (model) => (await model.generateContent(body as never)).response as never);
}

/** The answer to a prompt, event by event. */
export async function* streamGenerateContent(
  call: SdkCall,
  body: GenerateContentBody,
): AsyncGenerator<GenerateContentAnswer, void, undefined> {
  const swap = new FetchSwap({ fetch: call.fetch, streamed: true });
  const model = await modelOf(call);
  try {
    const { stream, response } = await swap.start(() => model.generateContentStream(body as never));
    // It rejects along with the stream, and would otherwise be an unhandled rejection.
    response.catch(() => {});
    yield* stream as AsyncGenerator<never>;
  } catch (error) {
    throw swap.causeOf(error);
  } finally {
    swap.close();
  }
}

/** How many tokens a prompt has. */
export function countTokens(call: SdkCall, body: GenerateContentBody): Promise<CountTokensAnswer> {
  return through(call, (model) => model.countTokens({ generateContentRequest: body } as never));
}

/** One vector for each of several texts. */
export function batchEmbedContents(call: SdkCall, body: BatchEmbedBody): Promise<BatchEmbedAnswer> {
  return through(call, (model) => model.batchEmbedContents(body as never) as Promise<BatchEmbedAnswer>);
}

async function through<T>(call: SdkCall, start: (model: GenerativeModel) => Promise<T>): Promise<T> {
  const swap = new FetchSwap({ fetch: call.fetch });
  const model = await modelOf(call);
  try {
    return await swap.start(() => start(model));
  } catch (error) {
    throw swap.causeOf(error);
  }
}

async function modelOf({ apiKey, baseUrl, model }: SdkCall): Promise<GenerativeModel> {
  const { GoogleGenerativeAI } = await loadSdk();
  return new GoogleGenerativeAI(apiKey).getGenerativeModel({ model }, { baseUrl });
}
