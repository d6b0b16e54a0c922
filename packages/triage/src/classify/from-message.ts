import type { ErrorFacts } from './facts.js';
import { isOwnMade } from './own-code.js';

/** `connect ECONNREFUSED 127.0.0.1:6379`, `getaddrinfo ENOTFOUND db1`, `read ECONNRESET`. */
const SYSTEM =
  /^(?<syscall>[a-z][\w.]{1,20}) (?:\S+ )?(?<code>E[A-Z][A-Z0-9_]{1,20})\b(?:: [a-z ]+)?(?: (?<place>\S+))?/u;
/** `ENOSPC: no space left on device, write`. */
const FILE = /^(?<code>E[A-Z][A-Z0-9]{1,20}): [a-z -]+, (?<syscall>\w+)/u;
/** `redis store failed after 2 attempts: the server refused … (WRONGPASS); the server refused it, not retriable`. */
const STORAGE =
  /^(?<origin>[a-z][\w-]*) \w+ failed(?: after \d+ attempts)?: .*?(?: \((?<code>[\w.-]+)\))?; (?<outcome>nothing was sent|the server refused it|it may have been applied), (?<again>not )?retriable/su;
/** `groq openai/gpt-oss-20b: too many requests (429 rate_limit_exceeded)`. */
const LLM =
  /^(?<origin>gemini|groq|mistral)(?: \S+)?: .*?(?: \((?<status>[1-5]\d\d)?(?: ?(?<code>[\w.-]+))?\))?$/su;
/** Python's `[Errno 111] Connection refused`. */
const PYTHON = /\[Errno -?\d+\] (?<words>[A-Z][a-z ]+)/u;
const REPLY = /^-?(?<code>[A-Z]{2,})\b/u;

const OUTCOMES: Readonly<Record<string, string>> = {
  'nothing was sent': 'not_sent',
  'the server refused it': 'rejected',
  'it may have been applied': 'unknown',
};

const PYTHON_CODES: Readonly<Record<string, string>> = {
  'Connection refused': 'ECONNREFUSED',
  'Connection reset by peer': 'ECONNRESET',
  'Broken pipe': 'EPIPE',
  'Network is unreachable': 'ENETUNREACH',
  'No route to host': 'EHOSTUNREACH',
  'Name or service not known': 'ENOTFOUND',
  'Temporary failure in name resolution': 'EAI_AGAIN',
  'No space left on device': 'ENOSPC',
  'Too many open files': 'EMFILE',
  'Read-only file system': 'EROFS',
  'Address already in use': 'EADDRINUSE',
  'Operation not permitted': 'EPERM',
};

/** Adds what an error's own words say where a server put the code there; words of an assertion are data. */
export function completed(facts: ErrorFacts): ErrorFacts {
  return isAssertion(facts) ? facts : { ...fromReply(facts), ...facts };
}

/** Adds what the words say of an error whose properties a report has lost. */
export function restored(facts: ErrorFacts): ErrorFacts {
  if (isAssertion(facts)) return facts;
  const system = isOfSystem(facts) ? fromSystem(facts) : {};
  return { ...system, ...fromStorage(facts), ...fromLlm(facts), ...fromReply(facts), ...facts };
}

function isAssertion({ name }: ErrorFacts): boolean {
  return /Assert/u.test(name);
}

/** Whoever writes a system's words into an error of their own is the first to stand in its stack. */
function isOfSystem(facts: ErrorFacts): boolean {
  return facts.name !== 'Error' || !isOwnMade(facts);
}

function fromSystem({ message }: ErrorFacts): Partial<ErrorFacts> {
  const system = SYSTEM.exec(message)?.groups;
  if (system?.code) {
    const place = system.place?.replace(/[.,;]$/u, '');
    return {
      code: system.code,
      ...(system.syscall && { syscall: system.syscall }),
      ...(place && place !== '-' && { endpoint: place }),
    };
  }
  const file = FILE.exec(message)?.groups;
  if (file?.code) return { code: file.code, ...(file.syscall && { syscall: file.syscall }) };
  const python = PYTHON_CODES[PYTHON.exec(message)?.groups?.words?.trim() ?? ''];
  return python ? { code: python } : {};
}

function fromStorage({ message }: ErrorFacts): Partial<ErrorFacts> {
  const found = STORAGE.exec(message)?.groups;
  if (!found) return {};
  const outcome = OUTCOMES[found.outcome ?? ''];
  return {
    ...(found.origin && { origin: found.origin }),
    ...(found.code && { code: found.code }),
    ...(outcome && { outcome }),
    retriable: found.again === undefined,
  };
}

function fromLlm({ message }: ErrorFacts): Partial<ErrorFacts> {
  const found = LLM.exec(message)?.groups;
  if (!found) return {};
  return {
    ...(found.origin && { origin: found.origin }),
    ...(found.status && { status: Number(found.status) }),
    ...(found.code && { code: found.code }),
  };
}

function fromReply({ name, message }: ErrorFacts): Partial<ErrorFacts> {
  const code = name === 'ReplyError' ? REPLY.exec(message)?.groups?.code : undefined;
  return code ? { code } : {};
}
