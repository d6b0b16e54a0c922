import type { Transform } from 'node:stream';
import { createSecretNames } from './names/name-rules.js';
import { plainView } from './text/escape-codes.js';
import { knownValueFinder, knownValues, type SecretValues } from './text/known-values.js';
import { redactText, type Secrets } from './text/redact-text.js';
import { createRedactingStream } from './text/redacting-stream.js';
import { cut } from './value/cut.js';
import { redactValue } from './value/redact-value.js';

/** What a redactor is told beside its own rules. */
export interface RedactorOptions {
  /** Secret values by the name of their variable, which replacements then show; pairs of both; or values alone. */
  readonly values?: SecretValues;
  /** Patterns of further secret values, such as `/acme_[a-z0-9]{32}/`; their cost is the caller's. */
  readonly patterns?: Iterable<RegExp>;
  /** Values, or patterns of whole values, that look like secrets and are none; one of the `values` is replaced all the same. */
  readonly allow?: Iterable<string | RegExp>;
  /** Further names of properties, variables, headers and parameters that hold secrets, in any case. */
  readonly names?: Iterable<string>;
  /** Further values that are too common to be looked for, such as names of servers, in any case. */
  readonly commonValues?: Iterable<string>;
  /** Longest string in a value or an error, in characters; what goes beyond is cut after redaction. @default 65536 */
  readonly maxStringLength?: number;
}

/** Takes secrets out of text, values and streams; applying it twice gives what once gives. */
export interface Redactor {
  /** Redacts a text of any length. */
  text(text: string): string;
  /** Copies any value with its secrets replaced; cycles, Maps, Sets, errors and binary data included. The input stays as it is. */
  value(value: unknown): unknown;
  /** Copies an error with its secrets replaced in message, stack, causes and own properties; it keeps its class. */
  error<E>(error: E): E;
  /** Names of the known values that a text holds, each once; `value` for one without a name. */
  knownIn(text: string): readonly string[];
  /** A stream that redacts what is written to it, also a secret that arrives in pieces; it holds back unfinished lines. */
  stream(): Transform;
}

/** Beyond the cap a further stretch is redacted with the rest, so that a secret across the cap is not shown in part. */
const MARGIN = 65_536;

const DEFAULT_MAX_STRING_LENGTH = 65_536;

/** Builds a redactor from known values and names; the rules for key-shaped names and values always apply. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const { values = [], names = [], commonValues = [], maxStringLength = DEFAULT_MAX_STRING_LENGTH } = options;
  const common = new Set(Array.from(commonValues, (value) => value.toLowerCase()));
  const known = knownValues(values, common);
  const secrets: Secrets = {
    known,
    findKnown: knownValueFinder(known),
    patterns: Array.from(options.patterns ?? [], globalPattern),
    isAllowed: allowList(options.allow ?? []),
    names: createSecretNames(names),
    common,
    valueNames: new Set(known.flatMap(({ name }) => name ?? [])),
  };
  const text = (input: string) => redactText(String(input), secrets);
  const short = (input: string) => {
    const head = input.slice(0, maxStringLength + MARGIN);
    const redacted = text(head);
    // A text that redaction alone made shorter is whole.
    const whole = redacted.length <= maxStringLength && head.length === input.length;
    return whole ? redacted : cut(redacted, maxStringLength, input.length);
  };
  const { isAllowed } = secrets;
  const value = (input: unknown) =>
    redactValue(input, { names: secrets.names, text: short, isAllowed, maxBytes: maxStringLength });
  return {
    text,
    value,
    error: <E>(error: E) => value(error) as E,
    knownIn: (input) => [
      ...new Set(secrets.findKnown(plainView(input).plain).map(({ name }) => name ?? 'value')),
    ],
    stream: () => createRedactingStream(secrets),
  };
}

function globalPattern({ source, flags }: RegExp): RegExp {
  return new RegExp(source, [...new Set(`${flags}g`)].filter((flag) => flag !== 'y').join(''));
}

function allowList(allow: Iterable<string | RegExp>): (value: string) => boolean {
  const all = Array.from(allow);
  const values = new Set(all.filter((entry) => typeof entry === 'string'));
  const patterns = all
    .filter((entry) => typeof entry !== 'string')
    .map(({ source, flags }) => new RegExp(`^(?:${source})$`, flags.replace(/[gy]/g, '')));
  if (all.length === 0) return () => false;
  return (value) => values.has(value) || patterns.some((pattern) => pattern.test(value));
}
