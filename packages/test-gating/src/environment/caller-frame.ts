import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const MAX_FRAMES = 40;

/** Frames of the engine. */
const ENGINE = /\(?(?:<anonymous>\)?$|native\)?$)/;

/** Frames of Node. */
const NODE = /\(?node:/;

/** Frames of the guard itself, built or mapped back to its sources. */
const OWN =
  /[\\/]environment[\\/](?:allow-stubs|caller-frame|guard-environment|guard-state|guarded-environment|noted-reads)\.[jt]s/;

/** Files of packages, and of the harness where it is part of the workspace. */
const LIBRARY = /[\\/](?:node_modules|test-gating[\\/](?:dist|src[\\/]runner)|network-guard[\\/]dist)[\\/]/;

/** Folder of the package that looks at every value to redact it, also where it is part of the workspace. */
const REDACTION = dirname(dirname(createRequire(import.meta.url).resolve('@drydock/redaction')));

/** Packages that read `.env` files into the environment. */
const DOTENV =
  /[\\/]node_modules[\\/](?:@dotenvx[\\/]|@next[\\/]env[\\/]|dotenv[\w-]*[\\/]|env-cmd[\\/]|node-env-file[\\/])/;

/** Whether a package that reads `.env` files is among the callers: such a value is the machine's, wherever the file lies. */
export function isLoadedByDotenv(): boolean {
  return framesNow().some((line) => DOTENV.test(line));
}

/** The stack line outside this folder that called: the user's own before a library's, undefined when there is none. */
export function callerFrame(): string | undefined {
  const frames = framesNow();
  return frames.find((line) => !/[\\/]node_modules[\\/]/.test(line)) ?? frames[0];
}

/** The stack line that called from outside this folder, if it is the project's own and neither a library's nor Node's. */
export function ownFrame(): string | undefined {
  const [frame] = stackLines().filter((line) => !ENGINE.test(line));
  return frame === undefined || NODE.test(frame) || LIBRARY.test(frame) || frame.includes(REDACTION)
    ? undefined
    : frame;
}

function framesNow(): string[] {
  return stackLines().filter((line) => !ENGINE.test(line) && !NODE.test(line));
}

/** The stack without the frames of the guard itself. */
function stackLines(): string[] {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = MAX_FRAMES;
  const stack: unknown = new Error().stack;
  Error.stackTraceLimit = before;
  // A custom Error.prepareStackTrace may return anything.
  if (typeof stack !== 'string') return [];
  return stack
    .split('\n')
    .filter((line) => /^\s*at /.test(line) && !OWN.test(line))
    .map((line) => line.trim().slice('at '.length));
}
