import { expect, test } from 'vitest';
import { checkFileName, markersOfFileName, mentionsMarker, moduleTags } from './file-markers.js';
import { createRegistry } from './registry.js';

const registry = createRegistry({ markers: [{ name: 'browser', description: 'needs Chromium' }] });

test.each([
  ['src/redis.integration.test.ts', ['integration']],
  ['src/redis.integration.slow.spec.mts', ['integration', 'slow']],
  ['chat.llm-real.test.tsx', ['llm-real']],
  ['page.browser.test.ts', ['browser']],
  ['integration.test.ts', []],
  ['user.service.test.ts', []],
  ['integration/plain.test.ts', []],
  ['global-setup.integration.ts', ['integration']],
])('%s carries %j', (path, expected) => {
  expect(markersOfFileName(path, registry)).toEqual(expected);
});

test.each(['a.integraton.test.ts', 'a.llm-reel.test.ts', 'a.browsr.test.ts'])(
  '%s is refused as misspelt',
  (path) => {
    expect(() => checkFileName(path, registry)).toThrow(/unknown marker '.*Did you mean '/);
  },
);

test.each(['a.show.test.ts', 'a.service.test.ts', 'a.integration.test.ts', 'a.test.ts'])(
  '%s is accepted',
  (path) => {
    expect(() => checkFileName(path, registry)).not.toThrow();
  },
);

// Not written out, or Vitest would tag this very file.
const TAG = ['@module', 'tag'].join('-');

test('module tags come from comments', () => {
  expect(moduleTags(`/**\n * ${TAG} integration\n * ${TAG} slow\n */\n// ${TAG} gpu\n`)).toEqual([
    'integration',
    'slow',
    'gpu',
  ]);
  expect(moduleTags(`const x = '${TAG} no';`)).toEqual([]);
});

test('a text mentions a marker as a string or a module tag, not as a bare word', () => {
  expect(mentionsMarker("test('x', { tags: ['slow'] })", registry)).toBe(true);
  expect(mentionsMarker(`/** ${TAG} slow */`, registry)).toBe(true);
  expect(mentionsMarker('const slow = 1;', registry)).toBe(false);
});

test.each([
  "import { TAGS } from './tags.js'; test('x', { tags: [TAGS.db] })",
  "test('x', { tags: ['gpu', ...more] })",
  "test('x', { tags: tagsOf('db') })",
  "test('x', { tags, retry: 1 })",
])('tags that other files name may be markers: %s', (source) => {
  expect(mentionsMarker(source, registry)).toBe(true);
});

test('tags that are written out are read as they stand', () => {
  expect(mentionsMarker("test('x', { tags: ['gpu', 'db'] }); test('y', { tags: 'gpu' })", registry)).toBe(
    false,
  );
});
