import type { ErrorFacts } from './facts.js';

/** A frame that names a place: `at f (/repo/a.ts:3:9)`, ` ❯ a.test.ts:3:9`. */
const PLACED = /^[ \t]*(?:at|❯) .*:\d+:\d+\)?[ \t]*$/mu;
const FOREIGN = /\b(?:node|ext|bun):|\bnode_modules\b/u;

/** Whether the code under test made an error itself: then that code is the first to stand in its stack. */
export function isOwnMade({ stack }: Pick<ErrorFacts, 'stack'>): boolean {
  const first = PLACED.exec(stack ?? '')?.[0];
  return first !== undefined && !FOREIGN.test(first);
}
