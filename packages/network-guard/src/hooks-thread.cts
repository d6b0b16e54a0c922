import threads from 'node:worker_threads';
import { type Installation, installGuard } from './guard.cjs';
import { INHERIT } from './patches/inherit.cjs';

/**
 * Called by Node in the thread of loader hooks, before any other hooks module is loaded; without an argument when
 * `--experimental-loader` brought it.
 */
export function initialize(handed?: string): void {
  const text = handed ?? threads.getEnvironmentData(INHERIT) ?? process.env[INHERIT];
  const inherited: Installation['inherited'] = typeof text === 'string' ? JSON.parse(text) : undefined;
  installGuard({}, inherited ? { inherited } : {});
}
