import threads from 'node:worker_threads';
import { type Installation, installGuard } from './guard.cjs';
import { INHERIT } from './patches/inherit.cjs';

/**
 * Installs the guard in the thread of loader hooks. Node calls it before it loads any other hooks module, and without an
 * argument where `--experimental-loader` named this module.
 */
export function initialize(handed?: string): void {
  const text = handed ?? threads.getEnvironmentData(INHERIT) ?? process.env[INHERIT];
  const inherited: Installation['inherited'] = typeof text === 'string' ? JSON.parse(text) : undefined;
  installGuard({}, inherited ? { inherited } : {});
}
