import type { LlmErrorKind } from '@drydock/llm';
import type { DocumentedError, ProviderSubject, SampleAnswer } from '@drydock/llm/conformance';
import { eventStream, jsonAnswer } from '@drydock/llm/wire';
import { createGeminiProvider } from '../provider.js';
import type { GeminiRequestOptions } from '../request-options.js';
import { candidate, detail, errorBody } from './answers.fixture.js';
import { GEMINI_REQUESTS } from './request-shapes.fixture.js';

const FINISH_REASONS = { stop: 'STOP', tool_calls: 'STOP', length: 'MAX_TOKENS', other: 'OTHER' } as const;

const SOME_USAGE = { usage: { input: 12, output: 0 } };

const reason = (word: string) => detail('ErrorInfo', { reason: word, domain: 'googleapis.com' });
const retryInfo = (retryDelay: string) => detail('RetryInfo', { retryDelay });
const violation = (period: string) =>
  detail('QuotaFailure', {
    violations: [{ quotaId: `GenerateRequests${period}PerProjectPerModel-FreeTier` }],
  });

/** Gemini as a subject of the shared cases; answers are made by hand after its public document, none was recorded. */
export const GEMINI: ProviderSubject = {
  name: 'gemini',
  capabilities: { embed: true, countTokens: true, nativeSchema: true },
  ownOptions: {
    cachedContent: 'cachedContents/1',
    serviceTier: 'flex',
    store: false,
    generationConfig: {
      topK: 3,
      presencePenalty: 0.5,
      frequencyPenalty: 0.5,
      responseLogprobs: true,
      logprobs: 1,
    },
  } satisfies GeminiRequestOptions,
  create: ({ origin, ...options }) => createGeminiProvider({ ...options, baseURL: origin }),
  wire: {
    document: GEMINI_REQUESTS.document,
    requests: GEMINI_REQUESTS,
    answer: (sample) => jsonAnswer(whole(sample, [(sample.texts ?? []).join('')])),
    stream: (sample) => eventStream(events(sample)),
    empty: jsonAnswer({ candidates: [], ...facts({ usage: { input: 1, output: 0 } }) }),
    models: (ids) => jsonAnswer({ models: ids.map((id) => ({ name: `models/${id}`, inputTokenLimit: 8 })) }),
    embeddings: (vectors) => jsonAnswer({ embeddings: vectors.map((values) => ({ values })) }),
    tokenCount: (totalTokens) => jsonAnswer({ totalTokens }),
    errors: [
      refusal(400, 'INVALID_ARGUMENT', 'bad_request'),
      { ...refusal(400, 'INVALID_ARGUMENT', 'auth', reason('API_KEY_INVALID')), code: 'API_KEY_INVALID' },
      refusal(400, 'FAILED_PRECONDITION', 'auth'),
      refusal(401, 'UNAUTHENTICATED', 'auth'),
      refusal(403, 'PERMISSION_DENIED', 'auth'),
      refusal(404, 'NOT_FOUND', 'bad_request'),
      refusal(429, 'RESOURCE_EXHAUSTED', 'rate_limit'),
      {
        ...refusal(429, 'RESOURCE_EXHAUSTED', 'rate_limit', violation('PerMinute'), retryInfo('34.07s')),
        retryAfterMs: 34_070,
      },
      {
        ...refusal(429, 'RESOURCE_EXHAUSTED', 'quota', violation('PerDay'), retryInfo('12s')),
        retryAfterMs: 12_000,
      },
      refusal(500, 'INTERNAL', 'unavailable'),
      refusal(503, 'UNAVAILABLE', 'unavailable'),
      refusal(504, 'DEADLINE_EXCEEDED', 'timeout'),
    ],
    streamError: {
      kind: 'unavailable',
      retriable: true,
      answer: (message) => {
        const [first] = events({ texts: ['It'], usage: { input: 1, output: 1 } });
        return eventStream([first, errorBody(503, 'UNAVAILABLE', [], message)]);
      },
    },
    blocked: [
      ...['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'LANGUAGE'].map((reason) => ({
        name: `a text withheld for ${reason}`,
        kind: 'content_filtered' as const,
        retriable: false,
        answer: jsonAnswer({ candidates: [{ finishReason: reason, index: 0 }], ...facts(SOME_USAGE) }),
      })),
      ...['SAFETY', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'OTHER'].map((blockReason) => ({
        name: `a prompt refused for ${blockReason}`,
        kind: 'content_filtered' as const,
        retriable: false,
        answer: jsonAnswer({ promptFeedback: { blockReason }, ...facts(SOME_USAGE) }),
      })),
    ],
  },
};

/** A whole answer. */
function whole(sample: SampleAnswer, texts: readonly string[]) {
  const { toolCalls = [] } = sample;
  const calls = toolCalls.map(({ id, name, arguments: args }) => ({ functionCall: { id, name, args } }));
  return {
    candidates: [candidate([...texts.map((text) => ({ text })), ...calls], endOf(sample))],
    ...facts(sample),
  };
}

/** The events of a stream: each text by itself, then the rest. */
function events({ texts = [], ...rest }: SampleAnswer) {
  const early = rest.finishWithEachPiece ? endOf(rest) : undefined;
  const begun = texts.map((text) => ({ candidates: [candidate([{ text }], early)], ...facts(rest) }));
  return [...begun, whole(rest, [])];
}

function endOf({ finishReason, unknownFinish }: SampleAnswer): string | undefined {
  return unknownFinish ? 'SOMETHING_NEW' : finishReason && FINISH_REASONS[finishReason];
}

function facts({ usage }: SampleAnswer) {
  const { input = 0, output = 0 } = usage ?? {};
  const usageMetadata = {
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
  };
  return { ...(usage && { usageMetadata }), modelVersion: 'gemini-3.8-flash', responseId: 'r-1' };
}

function refusal(status: number, code: string, kind: LlmErrorKind, ...details: object[]): DocumentedError {
  return {
    status,
    code,
    kind,
    retriable: ['rate_limit', 'unavailable', 'timeout'].includes(kind),
    body: (message) => errorBody(status, code, details, message),
  };
}
