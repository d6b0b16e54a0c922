import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { plainView } from './escape-codes.js';
import { redactText, type Secrets, secretSpans } from './redact-text.js';
import { mergeSpans } from './spans.js';
import { findContextsOverLines } from './text-rules.js';

/** Longest unfinished line or block that is held back, in characters; a longer one is redacted in stretches. */
const MAX_HELD = 1_048_576;

/** How far before a value its name, operator and quotes can begin. */
const CONTEXT_LENGTH = 96;

/** What a secret that goes on in the next line begins with, as long as its end has not come. */
const OPEN_BLOCKS = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)(?:[\w\s+/=\\,:|>-]|['"`][ \t]{0,4}\+\s{0,80}['"`])){0,20000}(?:-----[A-Z0-9 ]{0,64})?-{0,5}$/,
  /Private-Lines:[ \t]{0,4}\d{0,5}[A-Za-z0-9+/=\r\n \t>|'"\\-]{0,30000}$/,
  /name\\{0,3}["']?:[ \t]{0,4}\\{0,3}["'](?:auth|hello|migrate|acl)\\{0,3}["'][^\]]{0,20000}$/i,
];

/** What may make the rest of an unfinished line a secret: a name with a value to come, a scheme, a flag, a quote, dashes. Without
 * word borders: a replacement before it can make one. */
const CONTEXT = /[=:"'`\\[]|--?\w|-----|bearer|basic|token|digest|negotiate|apikey/i;

/** Transforms UTF-8 text so that no secret passes, also one that arrives in pieces. */
export function createRedactingStream(secrets: Secrets): Transform {
  const decoder = new StringDecoder('utf8');
  // A form without blanks lies in the unfinished word or line, which is held back anyway.
  const forms = secrets.known.flatMap((known) => known.forms).filter((form) => /\s/.test(form));
  let held = '';
  let dropsLine = false;
  const receive = (text: string) => {
    const kept = dropsLine ? fromLineEnd(text) : text;
    if (kept !== '') dropsLine = false;
    held += kept;
  };
  const take = (length: number) => {
    const ready = redactText(held.slice(0, length), secrets);
    held = held.slice(length);
    return ready;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      receive(decoder.write(chunk));
      let length = safeLength(held, forms, secrets);
      if (held.length - length > MAX_HELD) {
        length = forcedLength(held, secrets);
        // A secret of more than the limit: what is to come of its line belongs to it.
        dropsLine = length === held.length;
      }
      done(null, take(length));
    },
    flush(done) {
      receive(decoder.end());
      done(null, take(held.length));
    },
  });
}

function fromLineEnd(text: string): string {
  const end = text.search(/[\r\n]/);
  return end === -1 ? '' : text.slice(end);
}

/** How much of the text can go out: nothing that comes later can make it part of a secret. */
function safeLength(held: string, forms: readonly string[], secrets: Secrets): number {
  const { plain: text, original } = plainView(held);
  const wanted = settledBefore(text, text.length);
  if (wanted === 0) return 0;
  const open = OPEN_BLOCKS.map((block) => text.search(block)).filter((at) => at !== -1);
  let border = settledBefore(text, beforePartialForms(text, Math.min(wanted, ...open), forms));
  const together = mergeSpans([...secretSpans(text, secrets), ...findContextsOverLines(text)]);
  for (const { start, end } of together.reverse()) {
    if (start < border && border < end) border = settledBefore(text, start);
  }
  return original(border);
}

/** The last place up to this one that parts no secret from what tells it: the line's start, or a word's where no context is. */
function settledBefore(text: string, position: number): number {
  const before = text.slice(0, position);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return lineStart + settledLength(before.slice(lineStart));
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

/** A place near the middle that parts no secret from its name. */
function forcedLength(held: string, secrets: Secrets): number {
  const { plain: text, original } = plainView(held);
  let border = Math.min(MAX_HELD / 2, text.length);
  for (const { start, end } of secretSpans(text, secrets)) {
    if (start - CONTEXT_LENGTH < border && border < end) border = end;
  }
  return border === text.length ? held.length : original(border);
}
