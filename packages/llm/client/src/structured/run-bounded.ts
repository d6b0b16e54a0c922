import { createContext, Script } from 'node:vm';

const CALL = new Script('run()');
let context: { run?: (() => unknown) | undefined } | undefined;

/** The work took too long, and was ended in the middle of it. */
export class WorkTimeoutError extends Error {
  override readonly name = 'WorkTimeoutError';
}

/**
 * Runs work that never waits, and ends it after so many milliseconds: no timer could, since none fires meanwhile.
 *
 * @throws WorkTimeoutError
 */
export function runBounded<T>(work: () => T, mostMs: number): T {
  context ??= createContext({}) as { run?: () => unknown };
  const outer = context.run;
  context.run = work;
  try {
    return CALL.runInContext(context, { timeout: Math.max(1, Math.ceil(mostMs)) }) as T;
  } catch (error) {
    const ended = (error as { code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw ended ? new WorkTimeoutError(`the work took longer than ${mostMs} ms`) : error;
  } finally {
    context.run = outer;
  }
}
