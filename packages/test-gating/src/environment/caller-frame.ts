const MAX_FRAMES = 40;

/** Frames of the engine and of Node. */
const INTERNAL = /\(?(?:node:|<anonymous>\)?$|native\)?$)/;

/** Frames of the guard itself, built or mapped back to its sources. */
const OWN = /[\\/]environment[\\/](?:allow-stubs|caller-frame|guard-environment|guarded-environment)\.[jt]s/;

/** The stack line outside this folder that called: the user's own before a library's, undefined when there is none. */
export function callerFrame(): string | undefined {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = MAX_FRAMES;
  const stack: unknown = new Error().stack;
  Error.stackTraceLimit = before;
  // A custom Error.prepareStackTrace may return anything.
  if (typeof stack !== 'string') return undefined;
  const frames = stack
    .split('\n')
    .filter((line) => /^\s*at /.test(line) && !INTERNAL.test(line) && !OWN.test(line))
    .map((line) => line.trim().slice('at '.length));
  return frames.find((line) => !/[\\/]node_modules[\\/]/.test(line)) ?? frames[0];
}
