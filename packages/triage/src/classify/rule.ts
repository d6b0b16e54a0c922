import type { ErrorFacts, FailureFacts } from './facts.js';
import { isOwnMade } from './own-code.js';
import { plainWords } from './plain-words.js';
import type { FailureClass } from './verdict.js';

/**
 * What an error must look like; every condition given must hold. Texts are regular expressions: for a whole name or
 * code in their own case, for a part of a text in any case.
 */
export interface Conditions {
  /** Whole name of the error. */
  readonly name?: string;
  /** Whole code. */
  readonly code?: string;
  /** Part of the message. */
  readonly message?: string;
  /** Part of the message, in its own case. */
  readonly verbatim?: string;
  /** Part of name, code and message as plain lower-case words, with what is written as one word taken apart. */
  readonly words?: string;
  /** Whole name of the system call. */
  readonly syscall?: string;
  /** Whole kind of the contracts' errors. */
  readonly kind?: string;
  /** What the error says of the call's effect: `not_sent`, `rejected`, `unknown`. */
  readonly outcome?: string;
  /** Whole name of the backend or provider, of the error or else of the test. */
  readonly origin?: string;
  /** Whole `host:port`, or host alone, that was tried. */
  readonly endpoint?: string;
  /** Part of the stack. */
  readonly stack?: string;
  /** Part of the test's full name. */
  readonly test?: string;
  /** Part of the test file's path. */
  readonly file?: string;
  /** HTTP status, one of these. */
  readonly status?: readonly number[];
  /** Whether the error says that the same call may succeed later. */
  readonly retriable?: boolean;
  /** Whether the gate says that the code under test swallowed the error. */
  readonly swallowed?: boolean;
  /** Looks only at the error that has no cause. */
  readonly root?: boolean;
  /** Whether the code under test made the error itself, as its stack tells; without a stack it did not. */
  readonly own?: boolean;
  /** Looks only at failures whose codes and causes were kept, or only at others. */
  readonly complete?: boolean;
}

/** One entry of the table that failures are judged by; plain data, so that it can stand in a configuration file. */
export interface Rule {
  /** Unique name; a verdict gives it as its `rule`. */
  readonly id: string;
  /** Whose fault it is. */
  readonly class: Exclude<FailureClass, 'unknown'>;
  /** Kind of fault in one word; failures of one class, subclass and remedy share a cause. */
  readonly subclass: string;
  /** What to do next; `{endpoint}`, `{origin}`, its `{variables}` and `{code}` stand for those of the error. */
  readonly remedy: string;
  /** How sure the rule is, from 0 to 1. @default 0.9 */
  readonly confidence?: number;
  /** Set where the fault may pass: a later good check of the same server proves nothing. */
  readonly passing?: boolean;
  /** One of these must hold for one error of a chain. */
  readonly when: readonly Conditions[];
}

/** By flags, then by pattern: a key made of both would have to be hashed at each look-up, and patterns are long. */
const compiled = { u: new Map<string, RegExp>(), iu: new Map<string, RegExp>() };
const anchored = new Map<string, string>();

/**
 * The first error of a chain, outermost first, that a rule is about.
 *
 * @throws SyntaxError for a pattern that is not a regular expression.
 */
export function match(
  { when }: Rule,
  chain: readonly ErrorFacts[],
  failure: FailureFacts,
): ErrorFacts | undefined {
  return chain.find((error, index) =>
    when.some((conditions) => holds(conditions, error, failure, index === chain.length - 1)),
  );
}

function holds(when: Conditions, error: ErrorFacts, failure: FailureFacts, isRoot: boolean): boolean {
  return (
    whole(when.name, error.name) &&
    whole(when.code, error.code) &&
    part(when.message, error.message) &&
    (when.verbatim === undefined || expression(when.verbatim, 'u').test(error.message)) &&
    (when.words === undefined || expression(when.words, 'u').test(plainWords(error))) &&
    whole(when.syscall, error.syscall) &&
    whole(when.kind, error.kind) &&
    whole(when.outcome, error.outcome) &&
    whole(when.origin, error.origin ?? failure.origin) &&
    whole(when.endpoint, error.endpoint) &&
    part(when.stack, error.stack) &&
    part(when.test, failure.test) &&
    part(when.file, failure.file) &&
    (when.status === undefined || when.status.includes(error.status ?? -1)) &&
    (when.retriable === undefined || when.retriable === error.retriable) &&
    (when.swallowed === undefined || when.swallowed === (error.swallowed ?? false)) &&
    (when.own === undefined || when.own === isOwnMade(error)) &&
    (when.complete === undefined || when.complete === failure.complete) &&
    (when.root !== true || isRoot)
  );
}

function whole(pattern: string | undefined, text: string | undefined): boolean {
  return pattern === undefined || (text !== undefined && expression(anchoredOf(pattern), 'u').test(text));
}

function part(pattern: string | undefined, text: string | undefined): boolean {
  return pattern === undefined || (text !== undefined && expression(pattern, 'iu').test(text));
}

function anchoredOf(pattern: string): string {
  const known = anchored.get(pattern);
  if (known !== undefined) return known;
  const made = `^(?:${pattern})$`;
  anchored.set(pattern, made);
  return made;
}

function expression(source: string, flags: keyof typeof compiled): RegExp {
  const known = compiled[flags].get(source);
  if (known) return known;
  const made = new RegExp(source, flags);
  compiled[flags].set(source, made);
  return made;
}
