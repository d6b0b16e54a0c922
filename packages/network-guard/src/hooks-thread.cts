import { installGuard } from './guard.cjs';

/** Called by Node in the thread of loader hooks, before any other hooks module is loaded. */
export function initialize(inherited: string): void {
  installGuard({}, { preloaded: false, inherited: JSON.parse(inherited) });
}
