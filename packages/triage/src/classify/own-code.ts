import { builtinModules } from 'node:module';
import type { ErrorFacts } from './facts.js';

/** A frame that names a place: `at f (/repo/a.ts:3:9)`, ` ❯ a.test.ts:3:9`. */
const PLACED = /^[ \t]*(?:at|❯) .*:\d+:\d+\)?[ \t]*$/mu;
/** Node of any version, other runtimes, packages on the disk, of a bundler or of a remote host. */
const FOREIGN = new RegExp(
  String.raw`\b(?:node|ext|bun|native|deno|npm|jsr|webpack-internal):|\bnode_modules\b|[/\\](?:\.pnpm|\.yarn|site-packages|dist-packages|vendor/bundle|\.vite/deps|lib[/\\]python\d[\d.]*)[/\\]|<frozen |https?://(?!localhost|127\.)|(?:\bat |\()internal/[\w/-]+\.js:|(?:\bat |\()(?:${['_http_agent', ...builtinModules].filter((name) => !name.includes('/')).join('|')})\.js:\d`,
  'u',
);

/** The place in the code under test that stands first in a stack: `src/a.ts:3`. */
export function ownPlaceIn(stack: string | undefined): string | undefined {
  const frame = (stack ?? '').split('\n').find((line) => PLACED.test(line) && !FOREIGN.test(line));
  return /(?:file:\/\/)?(?<place>[^\s()]+:\d+):\d+\)?\s*$/u
    .exec(frame ?? '')
    ?.groups?.place?.replace('file://', '');
}

/** Whether the code under test made an error itself: then that code is the first to stand in its stack. */
export function isOwnMade({ stack }: Pick<ErrorFacts, 'stack'>): boolean {
  const first = PLACED.exec(stack ?? '')?.[0];
  return first !== undefined && !FOREIGN.test(first);
}

const PACKAGE = /[/\\](?:node_modules|site-packages|dist-packages)[/\\]|\bnode_modules[/\\]/u;

/** Whether a package is the first to stand in the stack: then the words are its own. */
export function isPackageMade({ stack }: Pick<ErrorFacts, 'stack'>): boolean {
  const first = PLACED.exec(stack ?? '')?.[0];
  return first !== undefined && PACKAGE.test(first);
}
