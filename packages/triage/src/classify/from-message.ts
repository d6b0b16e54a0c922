import { statusIn } from '../tables/http-words.js';
import { FILE_CODES, PYTHON_CODES } from '../tables/languages.js';
import { codeOfSentence } from '../tables/sentences.js';
import type { ErrorFacts } from './facts.js';
import { fromContract } from './from-contract.js';
import { fromCurl } from './from-curl.js';
import { fromDebugForm } from './from-debug-form.js';
import { isOwnMade, isPackageMade } from './own-code.js';

/** `connect ECONNREFUSED 127.0.0.1:6379`, `getaddrinfo ENOTFOUND db1`, `read ECONNRESET`. */
const SYSTEM =
  /^(?<syscall>[a-z][\w.]{1,20}) (?:\S+ )?(?<code>E[A-Z][A-Z0-9_]{1,20})\b(?:: [a-z ]+)?(?: (?<place>\S+))?/u;
/** A driver's own code in the place of the system's: `write CONNECT_TIMEOUT 127.0.0.1:5432`. */
const DRIVER = /^(?:write|read|connect) (?<code>CONNECT(?:ION)?_[A-Z]+)\b(?: (?<place>\S+))?/u;
/** SQL's and vendors' codes in words: `SQLState: 08S01`, `SQLSTATE[HY000] [2002]`, `ORA-12541: …`. */
const VENDOR =
  /\bSQLSTATE\[HY000\] \[(?<mysql>\d{4})\]|\bSQL(?:STATE|State)[[:= ]{1,2}(?<sql>(?!HY000|00000)[0-9A-Z]{5})\b|^(?<vendor>(?:ORA|TNS|NJS|DPY|DPI|SQL)-?\d{4,5}[A-Z]?)\b/u;
/** Go's `open testdata/a.json: no such file or directory`. */
const GO_FILE =
  /^(?:open|l?stat|read|mkdir|remove|rename|chdir|unlink|fork\/exec) \S+: (?<words>no such file or directory|permission denied)$/u;
/** A code alone: `ESOCKETTIMEDOUT`. */
const WHOLE = /^(?<code>E[A-Z]{5,}|[A-Z]{3,}(?:_[A-Z\d]+)+)$/u;
/** `An error occurred (AccessDenied) when calling …`, `api error NoSuchKey: …`. */
const SERVICE = /^An error occurred \((?<code>[A-Z]\w+)\) when calling|\bapi error (?<api>[A-Z]\w+):/u;
/** `ENOSPC: no space left on device, write`. */
const FILE = /^(?<code>E[A-Z][A-Z0-9]{1,20}): [a-z -]+, (?<syscall>\w+)/u;
/** Python's `[Errno 111] Connection refused`. */
const PYTHON = /\[Errno -?\d+\] (?<words>[A-Z][a-z ]+)/u;
const REPLY = /^-?(?<code>[A-Z]{2,})\b/u;

/** Adds the code that a server's reply has in its message; the message of an assertion is data. */
export function completed(facts: ErrorFacts): ErrorFacts {
  return isAssertion(facts) ? facts : { ...fromReply(facts), ...facts };
}

/**
 * Adds code, status, system call and place from the message of an error whose properties a report has lost. Unless a
 * client made the words, a number at their beginning is not a status.
 */
export function restored(facts: ErrorFacts, byClient = true): ErrorFacts {
  if (isAssertion(facts)) return facts;
  const contract = fromContract(facts);
  const said = isOfSystem(facts) ? fromSystem(facts) : {};
  const alone = isPackageMade(facts) ? WHOLE.exec(facts.message)?.groups : undefined;
  const words = contract.kind === undefined && !isOwnMade(facts) ? fromWords(facts, said, byClient) : {};
  return {
    ...words,
    ...said,
    ...(alone?.code && { code: alone.code }),
    ...contract,
    ...fromReply(facts),
    ...facts,
  };
}

function isAssertion({ name }: ErrorFacts): boolean {
  return /Assert/u.test(name);
}

/** An error with the system's words that the code under test made has that code as its first frame. */
function isOfSystem(facts: ErrorFacts): boolean {
  return facts.name !== 'Error' || !isOwnMade(facts);
}

function fromSystem(facts: ErrorFacts): Partial<ErrorFacts> {
  const { name, message } = facts;
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
  const driver = DRIVER.exec(message)?.groups;
  if (driver?.code) return { code: driver.code, ...(driver.place && { endpoint: driver.place }) };
  const { mysql, sql, vendor } = VENDOR.exec(message)?.groups ?? {};
  if (mysql || sql || vendor) return { code: mysql ? `MYSQL_${mysql}` : (sql ?? vendor ?? '') };
  const service = SERVICE.exec(message)?.groups;
  if (service) return { code: service.code ?? service.api ?? '' };
  const python = PYTHON_CODES[PYTHON.exec(message)?.groups?.words?.trim() ?? ''];
  if (python) return { code: python, ...(FILE_CODES.has(python) && { syscall: 'open' }) };
  const go = GO_FILE.exec(message)?.groups;
  if (go) return { code: go.words === 'permission denied' ? 'EACCES' : 'ENOENT', syscall: 'open' };
  if (name === 'NoSuchFileException') return { code: 'ENOENT', syscall: 'open' };
  const curl = fromCurl(message);
  return curl === undefined ? fromDebugForm(facts) : { code: curl };
}

/** The code that a sentence stands for, and the status that a client tells. */
function fromWords(
  { message, code, status }: ErrorFacts,
  said: Partial<ErrorFacts>,
  byClient: boolean,
): Partial<ErrorFacts> {
  const sentence = code ?? said.code ?? codeOfSentence(message);
  const told = status ?? (sentence === undefined ? statusIn(message, byClient) : undefined);
  return {
    ...(sentence !== undefined && { code: sentence }),
    ...(told !== undefined && { status: told }),
  };
}

function fromReply({ name, message }: ErrorFacts): Partial<ErrorFacts> {
  const code = name === 'ReplyError' ? REPLY.exec(message)?.groups?.code : undefined;
  return code ? { code } : {};
}
