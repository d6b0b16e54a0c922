import type { Script } from 'node:vm';

/** A script that calls `run`, and the context which has it; made for the first work. */
interface Call {
  readonly script: Script;
  readonly context: { run?: (() => unknown) | undefined };
}

let call: Call | undefined;

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
  call ??= makeCall();
  const { script, context } = call;
  const outer = context.run;
  context.run = work;
  try {
    return script.runInContext(context, { timeout: Math.max(1, Math.ceil(mostMs)) }) as T;
  } catch (error) {
    const ended = (error as { code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw ended ? new WorkTimeoutError(`the work took longer than ${mostMs} ms`) : error;
  } finally {
    context.run = outer;
  }
}

function makeCall(): Call {
  const { createContext, Script } = process.getBuiltinModule('node:vm');
  return { script: new Script('run()'), context: createContext({}) };
}
