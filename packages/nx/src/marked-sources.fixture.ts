// The plugin reads test files for marker names, this package's own included: a name in one of them would be taken
// for a tag. So the names that the tests need stand here.

/** The level that most tests look at. */
export const INTEGRATION = 'integration';

/** A file for each networked marker with a suffix, and the level that it belongs to. */
export const SUFFIXED_FILES: readonly (readonly [file: string, level: string])[] = [
  ['src/a.integration.test.ts', INTEGRATION],
  ['src/a.llm-real.spec.tsx', 'llm-real'],
  ['src/a.connectivity.test.mts', 'connectivity'],
  ['src/a.integration.spec.cts', INTEGRATION],
  ['src/a.integration.test.jsx', INTEGRATION],
];

/** Texts that name the marker `integration` as a tag would. */
export const TAGGED_SOURCES: readonly string[] = [
  "it('stores', { tags: ['integration'] }, check)",
  '/** @module-tag integration */',
  'const tag = `integration`;',
];

/** Texts that name it, or a longer word, in passing. */
export const UNTAGGED_SOURCES: readonly string[] = [
  '// integration of parts',
  '/** @module-tag integration-lite */',
];

/** A text whose tags stand in another file. */
export const TAGGED_ELSEWHERE = "import { TAGS } from './tags.js'; test('x', { tags: [TAGS.db] }, check);";

/** Texts with tags that belong to something else than a test, or name no marker. */
export const UNTAGGED_OBJECTS: readonly string[] = [
  "test('x', () => save({ tags: input.tags }));",
  "const TAGS = { db: 'data' }; test('x', { tags: [TAGS.db] }, check);",
];

/** Every level there is without configuration. */
export const ALL_LEVELS: readonly string[] = [
  'connectivity',
  INTEGRATION,
  'llm-real',
  'slow',
  'smoke',
  'test',
];

/** A text that names every networked marker, and the tag of the smallest set. */
export const NETWORKED_SOURCE = "['integration', 'llm-real', 'connectivity', 'smoke']";

/** The level that asks servers and providers whether they are there. */
export const CONNECTIVITY = 'connectivity';

/** The level of the smallest set, and its tag. */
export const SMOKE = 'smoke';
