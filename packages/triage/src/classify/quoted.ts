import { statusIn } from '../tables/http-words.js';
import type { ErrorFacts } from './facts.js';
import { restored } from './from-message.js';
import { isPackageMade } from './own-code.js';

const CANDIDATES = 32;
const LENGTH = 1_500;
/** What stands between the words of a wrapper and what it quotes. */
const BEFORE_QUOTE =
  /(?:\(\d{1,5}\)[:,]? |: |; | - |, reason: |[(["'“`«]|\bby |\bbecause (?:of )?|\bdue to |\bwas |→ |\n\s*|\] |\blast(?: error)?[:,]? )/gu;
const HEADER =
  /^(?<name>(?:[A-Za-z_$][\w$]*\.)*(?:[A-Z][\w$]*(?:Error|Exception|Failure|Timeout)|Error|error))(?: \[(?<code>[A-Z][A-Z0-9_]+)\])?: (?<rest>[\s\S]+)/u;
const CODES =
  /\b(?:ECONN(?:REFUSED|RESET|ABORTED)|econnrefused|econnreset|nxdomain|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRINUSE|ENOSPC|EMFILE|EPIPE)\b/gu;
const END_OF_QUOTE = /["'”`»)\]]+\.?$/u;

/**
 * The errors that the message of another may quote: `load failed: connect ECONNREFUSED …`, `…, reason: read ECONNRESET`,
 * `upstream error (database "x" does not exist)`. Each end of the message is one candidate, the longest first.
 */
export function quotedIn({ message, stack }: Pick<ErrorFacts, 'message' | 'stack'>): ErrorFacts[] {
  const text = message.slice(0, LENGTH);
  const starts = [...text.matchAll(BEFORE_QUOTE)].map((each) => each.index + each[0].length);
  const byPackage = isPackageMade(stack === undefined ? {} : { stack });
  return [
    ...[0, ...new Set(starts)]
      .slice(0, CANDIDATES)
      .map((start) => text.slice(start).trim())
      // A number at the beginning is a status only where a client or HTTP's own words say so.
      .filter(
        (tail, index) =>
          tail.length > 2 &&
          // One plain word tells nothing: `aborted due to timeout`.
          (index === 0 || /\s|[A-Z\d]{3,}/u.test(tail)) &&
          (index > 0 || !/^\d{3}\b/u.test(tail) || statusIn(tail, byPackage)),
      )
      .map((tail, index) => factsOfTail(tail, index > 0 || byPackage)),
    ...codesIn(text),
  ];
}

/** A code of the system stands for its error wherever it is: `gave up after 3 tries, last was ECONNREFUSED`. */
function codesIn(text: string): ErrorFacts[] {
  return [...text.matchAll(CODES)].map((found) => ({
    name: 'Error',
    message: text.slice(found.index),
    code: found[0].toUpperCase(),
  }));
}

function factsOfTail(tail: string, isQuoted: boolean): ErrorFacts {
  const header = HEADER.exec(tail)?.groups;
  const words = (header?.rest ?? tail).replace(END_OF_QUOTE, '');
  const name = header?.name?.split('.').at(-1) ?? 'Error';
  return restored({ name, message: words, ...(header?.code && { code: header.code }) }, isQuoted);
}
