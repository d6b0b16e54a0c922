const EXTENSIONS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'];

/** The end of a test file's path, as Vitest takes it by default. */
export const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;

/** Globs that find the same files. */
export const TEST_FILE_GLOBS: readonly string[] = EXTENSIONS.flatMap((extension) => [
  `**/*.test.${extension}`,
  `**/*.spec.${extension}`,
]);
