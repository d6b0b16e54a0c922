import { describe, expect, test } from 'vitest';
import { redirectAnswer, type WireAnswer } from '../wire/index.js';
import { CANARIES, ECHO } from './canaries.js';
import type { DocumentedError } from './subject.js';
import { NOW, REQUEST, type Suite } from './suite.js';

/** Cases of answers that are refusals. */
export function refusalCases(suite: Suite): void {
  const { wire } = suite;
  const refused = async (answer: WireAnswer) => {
    const stage = await suite.stage(answer);
    const error = await suite.rejection(stage, stage.provider.generate(REQUEST));
    await suite.expectRequests(stage, 1);
    return error;
  };
  const limited = wire.errors.find(({ kind }) => kind === 'rate_limit') as DocumentedError;

  describe('a documented refusal', () => {
    test.each(wire.errors.map((one) => [one.status, one.code ?? 'without a code', one] as const))(
      '%i %s',
      async (status, _, one) => {
        const { kind, retriable, code, retryAfterMs } = one;
        const error = await refused(refusal(one));
        expect(error).toMatchObject({ kind, retriable, status });
        expect(error.code).toBe(code);
        expect(error.retryAfterMs).toBe(retryAfterMs);
        expect(error.model).toBeDefined();
      },
    );
  });

  describe('a pause that the service asks for', () => {
    test.each([
      ['seconds', '7', 7_000],
      ['a fraction of a second', '1.5', 1_500],
      ['none at all', '0', 0],
      ['a month', '2592000', 2_592_000_000],
      ['a date', new Date(NOW + 30_000).toUTCString(), 30_000],
      ['a date that has passed', new Date(NOW - 30_000).toUTCString(), 0],
      ['a word', 'soon', limited.retryAfterMs],
      ['a negative number', '-5', limited.retryAfterMs],
    ])('as %s', async (_, value, retryAfterMs) => {
      const error = await refused(refusal({ ...limited, body: undefined }, { 'retry-after': value }));
      expect(error).toMatchObject({ kind: 'rate_limit', retriable: true, status: 429 });
      expect(error.retryAfterMs).toBe(value === 'soon' || value === '-5' ? undefined : retryAfterMs);
    });

    test('by a service that is overloaded', async () => {
      const error = await refused({ status: 503, headers: { 'retry-after': '2' }, chunks: [] });
      expect(error).toMatchObject({ kind: 'unavailable', retriable: true, retryAfterMs: 2_000 });
    });
  });

  describe('a refusal with', () => {
    const html = { 'content-type': 'text/html' };
    test.each<[string, WireAnswer]>([
      ['a page of a gateway', { status: 502, headers: html, chunks: [`<h1>${ECHO}</h1>`] }],
      ['no body', { status: 502 }],
      ['malformed JSON', { status: 502, headers: JSON_HEADERS, chunks: ['{"error": '] }],
      ['JSON of another shape', { status: 502, headers: JSON_HEADERS, chunks: ['[null, 1]'] }],
      ['the key for a code', { status: 502, headers: JSON_HEADERS, chunks: [keyAsCode()] }],
      ['a body of a megabyte', { status: 502, headers: JSON_HEADERS, chunks: ['x'.repeat(1_048_576)] }],
      ['a body that is cut off', { status: 502, headers: JSON_HEADERS, chunks: ['{"err'], ending: 'cut' }],
      ['a compressed body', { status: 502, headers: JSON_HEADERS, chunks: ['{}'], encoding: 'gzip' }],
    ])('%s is explained by its status', async (_, answer) => {
      const error = await refused(answer);
      expect(error).toMatchObject({ kind: 'unavailable', retriable: true, status: 502 });
    });
  });

  describe('a redirect', () => {
    test.each([301, 302, 303, 307, 308] as const)('%i is not followed', async (status) => {
      const error = await refused(redirectAnswer('https://elsewhere.test/', status));
      expect(error).toMatchObject({ kind: 'unavailable', retriable: false, status });
    });

    test('to the same origin is not followed either', async () => {
      expect(await refused(redirectAnswer('/v2', 307))).toMatchObject({
        kind: 'unavailable',
        retriable: false,
      });
    });
  });
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** A documented refusal as it comes over the wire, with a message that echoes everything. */
export function refusal({ status, body }: DocumentedError, headers: Record<string, string> = {}): WireAnswer {
  const chunks = body ? [JSON.stringify(body(ECHO))] : [];
  return { status, headers: { ...JSON_HEADERS, ...headers }, chunks };
}

function keyAsCode(): string {
  const code = CANARIES.key;
  return JSON.stringify({ error: { code, type: code, status: code, message: ECHO }, code, type: code });
}
