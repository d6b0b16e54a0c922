import type { ErrorFacts } from './facts.js';
import { completed } from './from-message.js';
import { plainText } from './plain-text.js';

const DEPTH = 8;
const MEMBERS = 16;
const STACK_LENGTH = 4_000;
/** Properties under which libraries keep the error that led to this one. */
const CAUSES = [
  'cause',
  'lastNodeError',
  'originalError',
  'innerError',
  'reason',
  'original',
  'parent',
  'driverError',
  'chainedError',
  'previousErrors',
] as const;

/** Reduces an error, thrown or serialized, with its causes and members; never throws, reads no payload. */
export function factsOf(error: unknown, depth = 0, seen: ReadonlySet<unknown> = new Set()): ErrorFacts {
  if (typeof error !== 'object' || error === null)
    return completed({ name: 'Error', message: plainText(safely(() => String(error))) });
  const around = new Set([...seen, error]);
  const causes =
    depth >= DEPTH
      ? []
      : causesOf(error)
          .filter((cause) => !around.has(cause))
          .map((cause) => factsOf(cause, depth + 1, around));
  return completed({
    name: textOf(error, 'name') ?? 'Error',
    message: plainText(textOf(error, 'message') ?? ''),
    ...optional('code', codeOf(error)),
    ...optional('status', statusOf(error)),
    ...optional('syscall', textOf(error, 'syscall')),
    ...optional('endpoint', endpointOf(error)),
    ...optional('kind', textOf(error, 'kind')),
    ...optional('origin', textOf(error, 'backend') ?? textOf(error, 'provider')),
    ...optional('outcome', textOf(error, 'outcome')),
    ...optional('retriable', flagOf(error, 'retriable')),
    ...optional('swallowed', flagOf(error, 'swallowed')),
    ...optional('stack', framesOf(textOf(error, 'stack'))),
    ...(causes.length > 0 && { causes }),
  });
}

/** Every chain from the error that was thrown down to one without a cause. */
export function chainsOf(error: ErrorFacts): readonly (readonly ErrorFacts[])[] {
  if (error.causes === undefined || error.causes.length === 0) return [[error]];
  return error.causes.flatMap((cause) => chainsOf(cause).map((chain) => [error, ...chain]));
}

function causesOf(error: object): unknown[] {
  const members = read(error, 'errors');
  const direct = CAUSES.map((name) => read(error, name)).filter(
    (value) => typeof value === 'object' && value !== null && !(value instanceof AbortSignal),
  );
  const several = Array.isArray(members) ? members.slice(0, MEMBERS) : [];
  return [...direct, ...several.filter((member) => typeof member === 'object' && member !== null)];
}

function codeOf(error: object): string | undefined {
  const code = read(error, 'code');
  // A code is one word; anything longer is somebody's text.
  return typeof code === 'string' && /^[\w.-]{1,100}$/.test(code) ? code : undefined;
}

function statusOf(error: object): number | undefined {
  const response = read(error, 'response');
  const candidates = [
    read(error, 'status'),
    read(error, 'statusCode'),
    read(error, 'httpStatus'),
    read(error, 'code'),
    ...[response, read(error, 'meta'), read(error, '$metadata')].flatMap(statusesIn),
  ];
  return candidates.find(
    (value): value is number => typeof value === 'number' && value >= 300 && value < 600,
  );
}

/** The status in what a client keeps of the answer. */
function statusesIn(answer: unknown): unknown[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return [read(answer, 'status'), read(answer, 'statusCode'), read(answer, 'httpStatusCode')];
}

function endpointOf(error: object): string | undefined {
  const host = textOf(error, 'address') ?? textOf(error, 'hostname') ?? textOf(error, 'host');
  const port = read(error, 'port');
  if (host === undefined) return undefined;
  if (typeof port !== 'number') return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The frames of a stack without the message before them. */
function framesOf(stack: string | undefined): string | undefined {
  const at = stack?.search(/^\s+at /m) ?? -1;
  return stack === undefined || at === -1 ? undefined : plainText(stack.slice(at)).slice(0, STACK_LENGTH);
}

function textOf(error: object, name: string): string | undefined {
  const value = read(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function flagOf(error: object, name: string): boolean | undefined {
  const value = read(error, name);
  return typeof value === 'boolean' ? value : undefined;
}

function read(target: object, name: string): unknown {
  return safely(() => Reflect.get(target, name));
}

function safely<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]: V });
}
