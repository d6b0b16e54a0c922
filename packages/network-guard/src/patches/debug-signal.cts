import os from 'node:os';

const { SIGUSR1 } = os.constants.signals;

/** Whether a signal opens the debugger of any Node process; Node converts a text or a fraction to an integer, too. */
export function isDebugSignal(signal: unknown): boolean {
  return SIGUSR1 !== undefined && (Number(signal) | 0) === SIGUSR1;
}
