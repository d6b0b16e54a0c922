const MAX_FRAMES = 40;

/** Frames of the engine, of Node and of this folder, none of which is where a variable was set. */
const OWN_FOLDER = new URL('.', import.meta.url).href;
const INTERNAL = /\(?(?:node:|<anonymous>\)?$|native\)?$)/;

/** The stack line outside this folder that called: the user's own before a library's, undefined when there is none. */
export function callerFrame(): string | undefined {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = MAX_FRAMES;
  const stack = new Error().stack;
  Error.stackTraceLimit = before;
  // A custom Error.prepareStackTrace may return anything.
  if (typeof stack !== 'string') return undefined;
  const frames = stack
    .split('\n')
    .filter((line) => /^\s*at /.test(line))
    .map((line) => line.trim().replace(/^at /, ''))
    .filter((line) => !INTERNAL.test(line) && !isOwn(line));
  return frames.find((line) => !/[\\/]node_modules[\\/]/.test(line)) ?? frames[0];
}

function isOwn(line: string): boolean {
  const file = line.includes('file://') ? line : line.replace(/(^|\()(?=\/)/, '$1file://');
  return (
    /(?:guard-environment|guarded-environment|caller-frame)\.[jt]s/.test(line) && file.includes(OWN_FOLDER)
  );
}
