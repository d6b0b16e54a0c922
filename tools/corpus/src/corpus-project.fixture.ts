/** A tiny project that is run plain and with the plugin. */
export interface CorpusProject {
  /** Unique name, also of its folder. */
  readonly name: string;
  /** The kind of false verdict that this project alone witnesses. */
  readonly witnesses: string;
  /** File texts by path; `IMPORTS` is put in front of each `*.test.*` file. */
  readonly files: Readonly<Record<string, string>>;
  /** Members of Vitest's `test` configuration, as JavaScript: `retry: 1`. @default none */
  readonly test?: string;
  /** Arguments for Vitest. @default none */
  readonly args?: readonly string[];
  /** Whether `drydock run` is given the test file's path besides. @default false */
  readonly named?: boolean;
  /** Texts that plain Vitest prints, and that the plugin must not lose. @default none */
  readonly prints?: readonly string[];
  /** Exit code with the plugin. @default plain Vitest's */
  readonly code?: number;
  /** Exit code of `drydock run` where it differs from the plugin's. @default `code` */
  readonly runCode?: number;
  /** Exit code of its task in Nx where it differs from the plugin's. @default `code` */
  readonly nxCode?: number;
  /** Whether the slow suite runs it by `drydock run`, by Nx and by Vitest 5 too. @default false */
  readonly everyWay?: boolean;
  /** Command of Vitest; only `run` can be run by `drydock` and by Nx. @default 'run' */
  readonly command?: 'watch' | 'bench';
  /** Package of Vitest's own that it needs besides. @default none */
  readonly needs?: '@vitest/ui' | '@vitest/coverage-v8';
}

/** In front of every test file. */
export const IMPORTS = [
  "import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';",
  'const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));',
  '',
].join('\n');

/** A project of one file, `a.test.js`. */
export function single(
  name: string,
  witnesses: string,
  body: string,
  more: Partial<CorpusProject> = {},
): CorpusProject {
  return { name, witnesses, ...more, files: { 'a.test.js': body, ...more.files } };
}
