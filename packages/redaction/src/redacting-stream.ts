import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { redactText, type Secrets, secretSpans } from './redact-text.js';

/** Longest unfinished line or block that is held back, in characters; a longer one is redacted in stretches. */
const MAX_HELD = 1_048_576;

/** What a secret that goes on in the next line begins with, as long as its end has not come. */
const OPEN_BLOCKS = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[\s\S]){0,20000}$/,
  /name\\{0,3}["']?:[ \t]{0,4}\\{0,3}["'](?:auth|hello|migrate|acl)\\{0,3}["'][^\]]{0,20000}$/i,
];

/** What may make the rest of an unfinished line a secret: a name with a value to come, a scheme, a flag, a quote, dashes. */
const CONTEXT = /[=:"'`\\[]|--?\w|-----|\b(?:bearer|basic|token|digest|negotiate|apikey)\b/i;

/** Transforms UTF-8 text so that no secret passes, also one that arrives in pieces. */
export function createRedactingStream(secrets: Secrets): Transform {
  const decoder = new StringDecoder('utf8');
  const forms = secrets.known.flatMap((known) => known.forms);
  let held = '';
  const take = (length: number) => {
    const ready = redactText(held.slice(0, length), secrets);
    held = held.slice(length);
    return ready;
  };
  return new Transform({
    decodeStrings: true,
    transform(chunk: Buffer, _encoding, done) {
      held += decoder.write(chunk);
      done(null, take(safeLength(held, forms, secrets)));
    },
    flush(done) {
      held += decoder.end();
      done(null, take(held.length));
    },
  });
}

/** How much of the text can go out: nothing that comes later can make it part of a secret. */
function safeLength(text: string, forms: readonly string[], secrets: Secrets): number {
  const lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  const open = OPEN_BLOCKS.map((block) => text.search(block)).filter((at) => at !== -1);
  const wanted = Math.min(lineStart + settledLength(text.slice(lineStart)), ...open);
  const safe = beforeStraddling(text, beforePartialForms(text, wanted, forms), secrets);
  if (text.length - safe <= MAX_HELD) return safe;
  return beforeStraddling(text, text.length - MAX_HELD / 2, secrets) || text.length;
}

/** In an unfinished line without any context the words that are complete can go. */
function settledLength(line: string): number {
  return CONTEXT.test(line) ? 0 : Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t')) + 1;
}

/** Moves a border before every known value that has begun and may go on beyond the text's end. */
function beforePartialForms(text: string, border: number, forms: readonly string[]): number {
  return Math.min(border, ...forms.map((form) => text.length - overlap(text, form)));
}

/** Length of the longest beginning of the form with which the text ends; the whole form does not count. */
function overlap(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

function beforeStraddling(text: string, border: number, secrets: Secrets): number {
  const straddling = secretSpans(text, secrets).find((span) => span.start < border && border < span.end);
  return straddling === undefined ? border : straddling.start;
}
