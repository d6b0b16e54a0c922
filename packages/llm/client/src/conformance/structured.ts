import { describe, expect, test } from 'vitest';
import type { OutputSchema } from '../contract/index.js';
import { repairRequest, streamStructured } from '../structured/index.js';
import { CANARIES } from './canaries.js';
import type { SampleAnswer } from './subject.js';
import { ANSWER, collect, REQUEST, type Suite } from './suite.js';

interface Place {
  readonly city: string;
  readonly people: number;
}

const SCHEMA: OutputSchema<Place> = {
  name: 'place',
  jsonSchema: {
    type: 'object',
    properties: { city: { type: 'string' }, people: { type: 'integer' } },
    required: ['city', 'people'],
    additionalProperties: false,
  },
};
const VALUE: Place = { city: CANARIES.answer, people: 270_000 };
const asked = { ...REQUEST, schema: SCHEMA };

/** Answers that are values. */
export function structuredCases(suite: Suite): void {
  const { wire } = suite;
  const answered = (text: string, more: SampleAnswer = {}) =>
    wire.answer({ ...ANSWER, texts: [text], ...more });

  describe('a structured answer', () => {
    test('is the value, with what it cost', async () => {
      const stage = await suite.stage(answered(JSON.stringify(VALUE)));
      const result = await suite.settle(stage, stage.provider.generateStructured(asked));
      expect(result).toMatchObject({ value: VALUE, dropped: [], usage: { totalTokens: 17 } });
      await suite.expectRequests(stage, 1);
    });

    if (suite.subject.capabilities.nativeSchema)
      test('is requested with its schema', async () => {
        const stage = await suite.stage(answered(JSON.stringify(VALUE)));
        await suite.settle(stage, stage.provider.generateStructured(asked));
        for (const name of ['city', 'people'])
          expect(stage.player.exchanges[0]?.request.body).toContain(name);
      });

    test.each<[string, SampleAnswer, kind: string, code?: string]>([
      ['that does not fit', { texts: ['{"city":1}'] }, 'invalid_output', 'SCHEMA_MISMATCH'],
      ['that is not JSON', { texts: [CANARIES.answer] }, 'invalid_output', 'NOT_JSON'],
      ['that broke off', { texts: ['{"city":'], finishReason: 'length' }, 'truncated'],
    ])('%s is a failure with its usage', async (_, sample, kind, code) => {
      const stage = await suite.stage(wire.answer({ ...ANSWER, ...sample }));
      const error = await suite.rejection(stage, stage.provider.generateStructured(asked));
      expect(error).toMatchObject({ kind, usage: { totalTokens: 17 }, ...(code && { code }) });
      await suite.expectRequests(stage, 1);
    });

    test('that does not fit can be repaired by a second request, which says what is wrong', async () => {
      const stage = await suite.stage(answered('{"city":1}'), answered(JSON.stringify(VALUE)));
      const error = await suite.rejection(stage, stage.provider.generateStructured(asked));
      const again = repairRequest(asked, error);
      if (!again) return expect.fail('nothing is known of the misfit');
      const { value } = await suite.settle(stage, stage.provider.generateStructured(again));
      expect(value).toEqual(VALUE);
    });

    test.each([
      ['after thoughts', `<think>Maybe {"city": 1}?</think>\n${JSON.stringify(VALUE)}`],
      ['before its sources', `${JSON.stringify(VALUE)}\nSources: [1], ["2"]`],
      [
        'after an example',
        `\`\`\`json\n{"town":1}\n\`\`\`\nSo:\n\`\`\`json\n${JSON.stringify(VALUE)}\n\`\`\` See [2].`,
      ],
      ['among prose', `Here is the JSON: ${JSON.stringify(VALUE)} I hope it helps.`],
    ])('%s is found', async (_, text) => {
      const stage = await suite.stage(answered(text));
      const { value } = await suite.settle(stage, stage.provider.generateStructured(asked));
      expect(value).toEqual(VALUE);
    });

    test.each(['["a","b"]', '{"value":["a","b"]}'])('that is a list is one, as %s', async (text) => {
      const jsonSchema = { type: 'array', items: { type: 'string' }, maxItems: 5 };
      const stage = await suite.stage(answered(text));
      const request = { ...REQUEST, schema: { jsonSchema } };
      const { value } = await suite.settle(stage, stage.provider.generateStructured(request));
      expect(value).toEqual(['a', 'b']);
    });

    test('that comes in parts says what its schema lost, as a whole one does', async () => {
      const stage = await suite.stage(
        wire.answer({ ...ANSWER, texts: ['{"a":"x"}'] }),
        wire.stream({ ...ANSWER, texts: ['{"a":"x"}'] }),
      );
      const jsonSchema = { type: 'object', properties: { a: { type: 'string', pattern: 'x' } } };
      const request = { ...REQUEST, schema: { jsonSchema } };
      const { dropped } = await suite.settle(stage, stage.provider.generateStructured(request));
      const events = await suite.settle(stage, collect(streamStructured(stage.provider, request)));
      expect(events.at(-1)).toMatchObject({ dropped });
    });

    test('whose schema cannot be sent sends nothing', async () => {
      const stage = await suite.stage();
      const schema = { ...SCHEMA, name: 'no name for a schema' };
      const error = await suite.rejection(stage, stage.provider.generateStructured({ ...REQUEST, schema }));
      expect(error).toMatchObject({ kind: 'bad_request', retriable: false });
      await suite.expectRequests(stage, 0);
    });

    test('comes in parts', async () => {
      const texts = ['{"city":"Gh', 'ent","peo', 'ple":270000}'];
      const stage = await suite.stage(wire.stream({ ...ANSWER, texts }));
      const events = await suite.settle(stage, collect(streamStructured(stage.provider, asked)));
      expect(events.filter(({ type }) => type === 'partial').length).toBeGreaterThan(1);
      expect(events.at(-1)).toMatchObject({ type: 'finish', value: { city: 'Ghent', people: 270_000 } });
    });
  });
}
