import { expect, test } from 'vitest';
import { hasUnreadTags } from './unread-tags.js';

test.each([
  "import { TAGS } from './tags.js'; test('x', { tags: [TAGS.db] }, check);",
  "test('x', { tags: TAGS }, () => {});",
  "withServer('x', { tags: ['gpu', ...more] }, check);",
  'dbTest(name, { tags: [kind()] }, () => {});',
  "const options = { tags: TAGS.db }; describe('x', options, () => {});",
  "it.each([1])('x %i', { tags: [`${kind}-test`] }, check);",
  "test('x', { tags: [TAGS.db }",
])('finds tags that only another file or the run tells: %s', (source) => {
  expect(hasUnreadTags('a.test.ts', source)).toBe(true);
});

test.each([
  "const TAGS = { db: 'gpu' } as const; test('x', { tags: [TAGS.db] }, check);",
  "const all = ['gpu', 'browser']; describe('x', { tags: [...all] }, () => {});",
  "test('x', () => save({ title, tags: input.tags }));",
  'const source = "test(\'x\', { tags: [TAGS.db] })";',
  'function make(name: string, tags: string): void {}',
  'const { tags } = post;',
])('is not deceived by %s', (source) => {
  expect(hasUnreadTags('a.test.ts', source)).toBe(false);
});
