import { describe, expect, test } from 'vitest';
import { compileSearch } from './search.js';

const VECTOR = { size: 2, distance: 'Dot' } as const;
const NOW = 1_000;
const ALIVE = { must_not: [{ key: '_expires_at', range: { lte: NOW } }] };
const compile = (query: Parameters<typeof compileSearch>[1]) => compileSearch(VECTOR, query, NOW);

describe('without a vector', () => {
  test('points are listed by their ids, expired ones left out', () => {
    expect(compile({ limit: 5 })).toMatchObject({
      kind: 'scroll',
      body: { limit: 5, filter: ALIVE, with_payload: true, with_vector: false },
    });
  });

  test.each([
    ['a UUID', '00000000-0000-4000-8000-000000000004'],
    ['a number of somebody else’s', 12],
  ])('a page goes on at %s', (_, next) => {
    const first = compile({ limit: 1 });
    if (first.kind !== 'scroll') expect.fail('it must list');
    const { cursor } = first.page([], next);
    expect(compile({ limit: 9, cursor: cursor as string }).body).toMatchObject({ offset: next });
    expect(() => compile({ limit: 1, cursor: cursor as string, filter: {} })).toThrow('another query');
  });
});

describe('with a vector', () => {
  test('one more than the page holds is asked for, and no threshold', () => {
    const { kind, body } = compile({ limit: 5, near: [1, 0] });
    expect(kind).toBe('query');
    expect(body).toEqual({
      query: [1, 0],
      filter: ALIVE,
      limit: 6,
      offset: 0,
      with_payload: true,
      with_vector: false,
    });
  });

  test('its name, a threshold of 0 and parameters are passed on', () => {
    const named = { ...VECTOR, name: 'text' };
    const query = { limit: 1, near: [1, 0], scoreThreshold: 0, params: { exact: true }, withVector: true };
    expect(compileSearch(named, query, NOW).body).toMatchObject({
      using: 'text',
      score_threshold: 0,
      params: { exact: true },
      with_vector: true,
    });
  });

  test('the caller’s filter stays whole beside what leaves out the expired', () => {
    const filter = { should: [{ key: 'a', match: { value: 1 } }], must_not: [{ is_null: { key: 'b' } }] };
    expect(compile({ limit: 1, near: [1, 0], filter }).body.filter).toEqual({ ...ALIVE, must: [filter] });
  });

  test('a filter without end is refused', () => {
    const filter: { must: unknown[] } = { must: [] };
    filter.must.push(filter);
    expect(() => compile({ limit: 1, filter: filter as never })).toThrow('nested deeper');
  });
});
