import type { ErrorFacts } from '../classify/facts.js';
import { completed, restored } from '../classify/from-message.js';
import { UNUSUAL_NAMES } from '../tables/languages.js';
import { propertiesIn } from './printed-properties.js';
import { fromTraceback } from './traceback.js';

/** `TypeError: fetch failed`, `AssertionError [ERR_ASSERTION]: …`, `error: password …`, `pkg.mod.SomeError: …`. */
const HEADER = new RegExp(
  String.raw`^(?:Uncaught |Unhandled )?(?<name>(?:[A-Za-z_$][\w$]*(?:\.|::|\\))*(?:[A-Z][\w$]*(?:Error|Exception|Failure|Timeout)|Error|error|AssertionError|${UNUSUAL_NAMES}))(?: \[(?<code>[A-Z][A-Z0-9_]+)\])?(?::(?: (?<rest>[\s\S]*)|\s*$)|$)`,
  'u',
);
/** Ruby's names need not say that they are errors: `PG::ConnectionBad: …`. */
const RUBY = /^(?<name>[A-Z]\w*(?:::[A-Z]\w*)+): (?<rest>[\s\S]*)/u;
const IS_NAME = new RegExp(`(?:Error|Exception|Failure|Timeout|error|^(?:${UNUSUAL_NAMES}))$`, 'u');
const LINE = /^(?:E? +)((?:[\w$.]*Error|[\w$.]*Exception)(?: \[\w+\])?: .*)$/mu;
const FRAME = /^(?:\s+at \S| ❯ )/mu;
/** Rust tells first where, and then what. */
const PANIC = /^thread '[^']*'[^\n]* panicked at (?:'(?<said>[\s\S]*)', \S+:\d+(?::\d+)?|\S+:\d+:\d+:\n)/mu;
const PANIC_NOTE = /^(?:note: run with `RUST_BACKTRACE|stack backtrace:)[\s\S]*$/mu;
/** Where pytest says that the error was raised: the last of its frames. */
const PYTHON_FRAME = /^(?<path>\S+\.py|<frozen [\w.]+>):(?<line>\d+): (?:in \S|[A-Z]\w*$)/gmu;
/** What Go and runners for it put before the words of a test. */
const GO_PLACE = /^[ \t]*(?:=== (?:RUN|PAUSE|CONT|NAME).*\n?|--- FAIL: .*\n?|[\w./-]+\.go:\d+: )/gmu;
/** Messages that only say that a test failed, where the body says how. */
const HEADING =
  /^(?:(?:[Tt]est )?(?:[Ff]ailed|FAILED)[.!]?|[Ff]ailure|FAIL|[Ee]rror|(?:thread '[^']*' )?panicked at [^\n]*|[Tt]est (?:case )?(?:failed|failure|error)[^\n]{0,20}|[Ee]xit (?:code|status):? \d+|null|undefined|No message)$/u;
/** What node:test puts around an error in JUnit. */
const NODE_TEST = /^\[?Error \[ERR_TEST_FAILURE\]: [\s\S]*?\n {2}cause: (?<cause>[\s\S]+?)\n?\}?$/u;
/** `TypeError [Error]: …`, as Node prints an error of another realm. */
const TWICE_NAMED = /^(?<name>\w+(?:Error|Exception)) \[\w*Error\]: /u;
/** What a client prints of an answer beside its words: `Keep-Alive: timeout=5` is no time that has passed. */
const HEADERS = /^(?:HTTP )?[Rr]esponse [Hh]eaders?: .*(?:\n|$)/gmu;
/** pytest's words before an error of a fixture. */
const PYTEST_HEADING = /^failed on (?:setup|teardown) with "(?<said>[\s\S]*?)"?$/u;
const CAUSED_BY = /^(?:\s*\[cause\]: | *Caused by: )/mu;
const RULER = /^⎯{8,}\n?/mu;
const SERIALIZED = /^Serialized Error: /mu;
const DIFF = /^- Expected\n\+ Received$/mu;

/** Fields of a report about an error, beside its text. */
export interface ReportedFields {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  /** Whether a code would stand beside the text if the error had had one. @default false */
  readonly keepsCodes?: boolean | undefined;
}

/** Reads an error, with its causes, from the text that a reporter printed. */
export function factsFromText(text: string, reported: ReportedFields = {}): ErrorFacts {
  const printed = text.trim().replace(NODE_TEST, '$<cause>').replace(TWICE_NAMED, '$<name>: ');
  const body = (fromTraceback(printed) ?? printed)
    .replace(PANIC, '$<said>')
    .replace(PANIC_NOTE, '')
    .replace(GO_PLACE, '')
    .trim();
  const told = (reported.message ?? '').trim().replace(PYTEST_HEADING, '$<said>');
  const message = HEADING.test(told) && body !== '' ? '' : told;
  // Text within the message is data, even where it looks like a cause or a property.
  const at = message === '' ? -1 : body.indexOf(message);
  const head = at === -1 || at > 200 ? '' : body.slice(0, at + message.length);
  const [own = '', ...deeper] = body.slice(head.length).split(CAUSED_BY);
  return nest([
    segment(`${head}${own}`, head.length, message === '' ? { ...reported, message } : reported),
    ...deeper.map((part) => segment(part, 0, { keepsCodes: reported.keepsCodes })),
  ]);
}

function nest([first, ...rest]: readonly ErrorFacts[]): ErrorFacts {
  const own = first as ErrorFacts;
  return rest.length === 0 ? own : { ...own, causes: [nest(rest)] };
}

function segment(text: string, from: number, reported: ReportedFields): ErrorFacts {
  const [before = '', properties] = splitAt(text, SERIALIZED, from);
  const end = firstOf(before, [FRAME, RULER, DIFF], from);
  const words = reported.message?.trim() ?? '';
  const header = headerOf(before.slice(0, end), words, from === 0);
  const stack = FRAME.exec(before.slice(from));
  const said = header?.rest?.trim() || words || (header ? '' : before.slice(0, end).trim());
  const name = shortName(header?.name ?? reported.name);
  const complete = reported.keepsCodes ? completed : restored;
  return complete({
    name,
    message: said.replace(HEADERS, ''),
    ...(header?.code && { code: header.code }),
    ...(stack ? { stack: before.slice(from + stack.index) } : pythonStack(before)),
    ...(properties !== undefined && propertiesIn(properties)),
  });
}

function pythonStack(text: string): { stack?: string } {
  const raised = [...text.matchAll(PYTHON_FRAME)].at(-1)?.groups;
  return raised ? { stack: `    at ${raised.path}:${raised.line}:1` } : {};
}

/** The name may stand before the message, in the message, or, after words of the reporter, in a line of its own. */
function headerOf(text: string, words: string, search: boolean): Partial<Record<string, string>> | undefined {
  const direct = [words, text.trim()]
    .map((each) => (HEADER.exec(each) ?? RUBY.exec(each))?.groups)
    .find((each) => each !== undefined);
  if (direct || !search) return direct;
  const line = LINE.exec(text)?.[1];
  return line === undefined ? undefined : HEADER.exec(line)?.groups;
}

/** Only names of errors count: reporters also write `FAILURE` or the kind of a check there. */
function shortName(name: string | undefined): string {
  const last = name?.split(/\.|::|\\/u).at(-1) ?? '';
  // Kinds of failures of node:test.
  if (/^(?:test|hook|subtests?)\w*Failure$/u.test(last)) return 'Error';
  return IS_NAME.test(last) || name?.includes('::') ? last : 'Error';
}

function splitAt(text: string, pattern: RegExp, from: number): [string, string?] {
  const at = text.slice(from).search(pattern);
  return at === -1 ? [text] : [text.slice(0, from + at), text.slice(from + at)];
}

function firstOf(text: string, patterns: readonly RegExp[], from: number): number {
  const found = patterns.map((pattern) => text.slice(from).search(pattern)).filter((at) => at !== -1);
  return found.length === 0 ? text.length : from + Math.min(...found);
}
