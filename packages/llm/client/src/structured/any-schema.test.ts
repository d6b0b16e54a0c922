import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolved } from './dialect/child-schemas.js';
import { convertSchema } from './dialect/convert-schema.js';
import { STRICT_DIALECT } from './dialect/schema-dialect.js';
import { samples } from './shapes.fixture.js';
import { jsonValidator } from './validator.js';

test('whatever the schema, its strict form takes what a strict model writes, and the value comes back', async () => {
  await fc.assert(
    fc.asyncProperty(samples(), async ({ schema, value, written }) => {
      const strict = convertSchema(schema, STRICT_DIALECT);
      expect(strict.dropped).toEqual([]);
      expect((await jsonValidator(strict.schema)).problems(written)).toEqual([]);
      const validator = await jsonValidator(schema);
      const back = validator.withoutPlaceholderNulls(written);
      expect(back).toEqual(value);
      expect(validator.problems(back)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('every object of a strict form is closed and requires all its members', () => {
  fc.assert(
    fc.property(samples(), ({ schema }) => {
      for (const object of objectsOf(convertSchema(schema, STRICT_DIALECT).schema)) {
        expect(object.additionalProperties).toBe(false);
        expect(object.required).toEqual(Object.keys(object.properties as object));
      }
    }),
  );
});

test('whatever a dialect lacks, it takes every value that the schema takes', async () => {
  const keywords = fc.subarray(['type', 'enum', 'const', 'properties', 'required', 'items', 'anyOf']);
  await fc.assert(
    fc.asyncProperty(samples(), keywords, async ({ schema, value }, known) => {
      const { schema: weaker, dropped } = convertSchema(schema, { keywords: known });
      expect((await jsonValidator(weaker)).problems(value)).toEqual([]);
      for (const pointer of dropped) expect(resolved(schema, `#${pointer}`)).toBeDefined();
    }),
    { numRuns: 300 },
  );
});

function objectsOf(schema: unknown): Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inner = Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' ? Object.values(value).flatMap(objectsOf) : objectsOf(value),
  );
  return 'properties' in schema ? [schema as Record<string, unknown>, ...inner] : inner;
}
