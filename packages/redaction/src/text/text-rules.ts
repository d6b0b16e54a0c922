import type { SecretNames } from '../names/name-rules.js';
import { isTooCommon } from './known-values.js';
import { isPlainWord, looksLikeCode, looksLikeProse, looksOpaque } from './opaque.js';
import { findPairs } from './pair-rules.js';
import { findByPlace, lastGroups } from './place-rules.js';
import type { Span } from './spans.js';
import { endOfRun, quotedAt, type Range } from './value-scanner.js';

/** Name, then `=` or `:`, as in `API_KEY=`, `?token=`, `"password": `, `\"password\":\"`, `X-API-Key: `. */
const ASSIGNMENT =
  /(?<![\w.$-])([A-Za-z_$-][\w.$-]{0,63})(\\{0,7}(?:["'`]|&quot;)?\]?[ \t]{0,4}(?:=>|={1,3}|:=|:(?:[ \t]{0,4}string[ \t]{0,4}=)?)[ \t]{0,4}(?:&quot;)?)/g;

/** Flag, then its value after blanks: `--password hunter2`. */
const FLAG = /(?<![\w-])(--?[A-Za-z][\w-]{0,63})[ \t]{1,4}(?![-\s])/g;

const SCHEME = /(?:Bearer|Basic|Digest|Negotiate|Token|ApiKey|AWS4-HMAC-SHA256)[ \t]{1,4}/iy;
const BEARER = /\bBearer[ \t]{1,4}([\w.~+/-]{8,}=*)/gi;
const BASIC = /\bBasic[ \t]{1,4}([A-Za-z0-9+/_-]{6,}=*)/gi;

/** Login with an unencoded slash in its password: what follows the colon is no port, and an @ comes later. */
const LOOSE_LOGIN = /[^\s/?#:@["'`<>\\]{0,128}:(?!\d{1,5}(?:[/?#\s"'`<>\\]|$))[^\s"'`<>\\]{0,256}(?=@)/y;

/** The arguments of a Redis command that carries a password, as error reports print it: `{ name: 'auth', args: [ ... ] }`. */
const LOGIN_COMMAND =
  /name\\{0,3}["']?:[ \t]{0,4}\\{0,3}["'](?:auth|hello|migrate|acl)\\{0,3}["'],?\s{0,64}\\{0,3}["']?args\\{0,3}["']?:[ \t]{0,4}\[([^\]]*)/gi;

const VALUE_STOPS = ' \t\r\n\f\v&;"\'`<>\\';
const HEADER_STOPS = '\r\n"\'`<>\\';
const LOGIN_STOPS = ' \t\r\n\f\v/?#"\'`<>\\';

/** Which names carry secrets, and which values are none. */
export interface ContextRules {
  readonly names: SecretNames;
  /** Values too common to be secrets beside the built-in ones, in lower case. */
  readonly common: ReadonlySet<string>;
}

/** Every secret that is known by what stands beside it: names, headers, URL logins, authentication schemes. */
export function findByContext(text: string, rules: ContextRules): Span[] {
  return [
    ...findAssignments(text, rules),
    ...findFlags(text, rules),
    ...findLogins(text),
    ...lastGroups(text, BEARER).filter(({ start, end }) => isToken(text.slice(start, end))),
    ...lastGroups(text, BASIC).filter(({ start, end }) => isBasicLogin(text.slice(start, end))),
    ...lastGroups(text, LOGIN_COMMAND),
    ...findPairs(text, rules.names),
    ...findByPlace(text),
  ];
}

function findAssignments(text: string, { names, common }: ContextRules): Range[] {
  const ranges: Range[] = [];
  // What lies inside a value that is already covered is not looked at again: values may hold a million names.
  let covered = 0;
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, name = '', operator = ''] = match;
    if (match.index < covered) continue;
    const equals = operator.includes('=');
    const parameter = equals && !name.includes('.') && /[?&;]/.test(text[match.index - 1] ?? '');
    const strong = parameter ? names.isSecretParameter(name) : names.isSecret(name);
    if (!strong && !names.mayBeSecret(name)) continue;
    const found = valuesAt(text, match.index + whole.length, {
      equals,
      spaced: /\s$/.test(operator),
      parameter,
      header: names.isSecretHeader(name),
      common,
    }).filter(({ start, end }) => (strong && !/^code$/i.test(name)) || looksOpaque(text.slice(start, end)));
    covered = found.at(-1)?.end ?? covered;
    ranges.push(...found);
  }
  return ranges;
}

/** Stretches over several lines that make sense only together: a context here, its secret a line further. */
export function findContextsOverLines(text: string): Range[] {
  return Array.from(text.matchAll(LOGIN_COMMAND), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function findFlags(text: string, { names, common }: ContextRules): Range[] {
  return Array.from(text.matchAll(FLAG))
    .filter(([, name = '']) => names.isSecret(name) || /^--?(?:pass|pwd)$/.test(name))
    .flatMap((match) =>
      valuesAt(text, match.index + match[0].length, {
        equals: true,
        spaced: false,
        parameter: true,
        header: false,
        common,
      }),
    );
}

interface ValueKind {
  /** After `=` a bare word of any length is a value; after `:` it may be prose. */
  readonly equals: boolean;
  /** Blanks around the operator are usual in programs. */
  readonly spaced: boolean;
  /** A parameter of a URL or the value of a flag is never a part of a program. */
  readonly parameter: boolean;
  /** A header's value goes on to the end of its line. */
  readonly header: boolean;
  readonly common: ReadonlySet<string>;
}

function valuesAt(text: string, at: number, kind: ValueKind): Range[] {
  const list = /\[[ \t]{0,4}(?=\\{0,7}["'`])/y;
  list.lastIndex = at;
  const open = list.exec(text);
  if (open !== null) return listAt(text, at + open[0].length);
  const quoted = quotedAt(text, at);
  if (quoted !== undefined)
    return [quoted].map((range) => afterScheme(text, range)).filter(isQuotedValue(text));
  return bareAt(text, afterScheme(text, { start: at, end: text.length }).start, kind);
}

/** The quoted elements of a list, as in `'set-cookie': [ 'a=1', 'b=2' ]`. */
function listAt(text: string, from: number): Range[] {
  const ranges: Range[] = [];
  const separator = /\\{0,7}["'`]?[ \t]{0,4},[ \t]{0,4}/y;
  for (let range = quotedAt(text, from); range !== undefined; ) {
    ranges.push(range);
    separator.lastIndex = range.end;
    const next = separator.exec(text);
    range = next === null ? undefined : quotedAt(text, range.end + next[0].length);
  }
  return ranges.filter(isQuotedValue(text));
}

function bareAt(text: string, start: number, kind: ValueKind): Range[] {
  const run = text.slice(start, endOfRun(text, start, kind.header ? HEADER_STOPS : VALUE_STOPS));
  // Closing punctuation belongs to the sentence or the object around it.
  const value = run.endsWith(']') && run.includes('[') ? run : run.replace(/[),.:\]}]{1,8}$/, '');
  if (/^[[\](){}?*<>$-]*$/.test(value)) return [];
  // `Invalid password: must be set` is prose: after a colon a bare word counts when it is long enough to be a secret.
  if (!kind.equals && !kind.header && isTooCommon(value, kind.common)) return [];
  if (!kind.header && !kind.parameter && isCode(text, value, start, kind)) return [];
  return [{ start, end: start + value.length }].filter(isValue(text));
}

function afterScheme(text: string, { start, end }: Range): Range {
  SCHEME.lastIndex = start;
  const length = SCHEME.exec(text)?.[0].length ?? 0;
  return start + length < end ? { start: start + length, end } : { start, end };
}

/** A bare value may be a part of a program or of a sentence instead. */
function isCode(text: string, value: string, start: number, { equals, spaced }: ValueKind): boolean {
  if (looksLikeCode(value)) return true;
  if (value.length < 3) return /^[;,)}]/.test(text.slice(start + value.length));
  if (!/^[A-Za-z_$-]+$/.test(value)) return false;
  const after = text.slice(start + value.length, start + value.length + 2);
  // `token: expected string`, `password: value,`; alone on its line such a word is a password.
  if (!equals) return /^[ \t,;)}|]/.test(after);
  return spaced && /^[;,)]/.test(after);
}

/** Messages about a secret stand in quotes under its name as often as secrets do. */
function isQuotedValue(text: string) {
  const isText = isValue(text);
  return (range: Range) => {
    const value = text.slice(range.start, Math.min(range.end, range.start + 200));
    return isText(range) && !isPlainWord(value) && !looksLikeProse(value) && !/^(?:\$\{|\{\{)/.test(value);
  };
}

function isValue(text: string) {
  return ({ start, end }: Range) =>
    !/^(?:|true|false|null|undefined)$/.test(text.slice(start, Math.min(end, start + 16)));
}

function findLogins(text: string): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const end = text.slice(start, endOfRun(text, start, LOGIN_STOPS)).lastIndexOf('@');
    if (end > 0) ranges.push({ start, end: start + end });
    else if (end === -1) ranges.push(...looseLoginAt(text, start));
  }
  return ranges;
}

function looseLoginAt(text: string, start: number): Range[] {
  LOOSE_LOGIN.lastIndex = start;
  const length = LOOSE_LOGIN.exec(text)?.[0].length;
  return length === undefined ? [] : [{ start, end: start + length }];
}

/** Prose after "Bearer" is a word or two; a token has a digit or is long. */
function isToken(token: string): boolean {
  return /\d/.test(token) || token.length >= 20;
}

function isBasicLogin(token: string): boolean {
  return Buffer.from(token, 'base64').toString('latin1').includes(':');
}
