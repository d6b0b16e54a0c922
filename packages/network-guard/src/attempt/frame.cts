import path from 'node:path';

const OWN_FOLDER = path.dirname(__dirname);
const { getOwnPropertyDescriptor } = Object;
const FRAME_LIMIT = 80;
const LOCATION = /\(?((?:[A-Za-z]:|[a-z]+:|\/|\[|evalmachine|REPL|\.\/)[^()]*?:\d+(?::\d+)?)\)?$/;

/** Captures the stack cheaply: V8 formats its text only when `stack` is read. */
export function captureStack(): Error {
  const own = getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  // With --frozen-intrinsics the limit stays as it is, and so does one that a test has put an accessor in place of.
  if (own?.writable !== true) return new Error('stack');
  Error.stackTraceLimit = FRAME_LIMIT;
  const holder = new Error('stack');
  Error.stackTraceLimit = own.value;
  return holder;
}

/** The first frame of the user's own code, as `file:line:column`. */
export function userFrame(holder: Error, ignored: readonly string[]): string | undefined {
  const lines = textOf(holder).split('\n').slice(1);
  for (const line of lines) {
    const location = LOCATION.exec(line.trim())?.[1];
    if (location === undefined) continue;
    const place = location.replace(/^file:\/\/(?=\/)/, '');
    if (isUserCode(place, ignored)) return withoutPayload(place);
  }
  return undefined;
}

// The formatting of stacks belongs to the test, which may throw in it.
function textOf(holder: Error): string {
  try {
    return String(holder.stack);
  } catch {
    return '';
  }
}

function isUserCode(place: string, ignored: readonly string[]): boolean {
  return !(
    place.startsWith('node:') ||
    place.startsWith(OWN_FOLDER + path.sep) ||
    /[\\/]node_modules[\\/]/.test(place) ||
    ignored.some((prefix) => place.includes(prefix))
  );
}

// A data: URL is its own source text, which may hold anything.
function withoutPayload(place: string): string {
  return place.startsWith('data:')
    ? `data:${/(:\d+){1,2}$/.exec(place)?.[0] ?? ''}`
    : place.replace(/\?[^:]*/, '');
}
