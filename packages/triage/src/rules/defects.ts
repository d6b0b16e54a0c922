import type { Conditions, Rule } from '../classify/rule.js';
import { NAMELESS_ASSERTIONS, OTHER_ASSERTIONS } from '../tables/assertions.js';
import { said } from '../tables/index.js';
import { IMPOSSIBLE, USED_AFTER_CLOSE, VALIDATORS } from '../tables/values.js';

/** An assertion, whichever library made it and whatever a report left of it. */
const ASSERTION: readonly Conditions[] = [
  { name: '(?:Jest)?Assert(?:ion)?(?:Error|ionError)(?: \\[ERR_ASSERTION\\])?' },
  { code: 'ERR_ASSERTION' },
  {
    name: 'Error',
    message:
      '^(?:expect\\(|promise (?:rejected|resolved) [^]* instead of (?:resolving|rejecting)|Snapshot `|expected [^\\n]{1,2000} (?:not )?to (?:be|equal|deeply|strictly|match|have|contain|include|throw)\\b)',
  },
  {
    stack:
      '^\\s*at [^\\n]*(?:[/\\\\]@vitest[/\\\\]expect[/\\\\]|__VITEST_(?:REJECTS|RESOLVES)__|\\b_?Assertion\\.)',
  },
  {
    name: 'AssertionFailed(?:Error)?|ComparisonFailure|MultipleFailuresError|ArgumentsAreDifferent|WantedButNotInvoked|NoInteractionsWanted|NeverWantedButInvoked|VerificationInOrderFailure|Too(?:Many|Few|Little)ActualInvocations|TestingLibraryElementError|ExpectationNotMetError|ExpectationFailedException|AssertError',
  },
  { message: '^assert ' },
  { message: OTHER_ASSERTIONS },
  { name: 'Error|Failed', message: NAMELESS_ASSERTIONS },
];

/** Conditions of an assertion with further ones. */
function assertionWith(more: Conditions): Conditions[] {
  return ASSERTION.map((each) => ({
    ...more,
    ...each,
    ...both('message', more, each),
    ...both('stack', more, each),
  }));
}

/** One pattern that matches where both do, in any order. */
function both(key: 'message' | 'stack', one: Conditions, other: Conditions): Conditions {
  if (one[key] === undefined || other[key] === undefined) return {};
  return { [key]: `^(?=[^]*?(?:${one[key]}))(?=[^]*?(?:${other[key]}))` };
}

/** What the code under test did wrong; an assertion's words are data, so no rule about them excuses it. */
export const ASSERTION_RULES = defects([
  {
    id: 'assertion-leak',
    subclass: 'leak',
    remedy:
      'A secret or a payload can be seen where it must not: keep it out of errors, inspection, logs and metrics.',
    confidence: 0.97,
    when: assertionWith({ message: 'a secret or a payload shows|\\bcanary-' }),
  },
  {
    id: 'assertion-error-class',
    subclass: 'wrong-error-class',
    remedy:
      'The fault is reported as another class, kind or outcome than the contract says: fix the mapping of errors.',
    confidence: 0.97,
    when: assertionWith({
      message:
        "to be an instance of \\w*Error|to be instance of \\w*Error|to throw (?:an )?error|instanceof \\w*Error|expected \\w*Error: [^]* to (?:match object|deeply equal|strictly equal)|to match object \\{[^}]*(?:name: '\\w+Error'|kind:|retriable:|outcome:)",
    }),
  },
  {
    id: 'assertion-deadline',
    subclass: 'deadline-overrun',
    remedy: 'The call took longer than it may: look for a wait that the deadline does not end.',
    confidence: 0.9,
    when: assertionWith({
      message: 'expected [\\d.]+ to be (?:less|below|at most)',
      test: '(?:deadline|timeout|in time|within|time out)',
    }),
  },
  {
    id: 'assertion-contract',
    subclass: 'contract-breach',
    remedy:
      'The implementation does not do what its contract’s suite asks for: the test’s name is the clause.',
    confidence: 0.97,
    when: [
      ...assertionWith({ stack: '[/\\\\]conformance[/\\\\]' }),
      ...assertionWith({ test: '(?:conformance|contract)' }),
      ...assertionWith({ file: '(?:conformance|contract)' }),
    ],
  },
  {
    id: 'assertion',
    subclass: 'assertion',
    remedy: 'Fix the code under test, or the test.',
    confidence: 0.95,
    when: ASSERTION,
  },
]);

/** What no server and no network can have caused: it is tried before names and timeouts. */
export const IMPOSSIBLE_RULES = defects([
  {
    id: 'impossible-value',
    subclass: 'impossible-value',
    remedy:
      'An address, a port or a time has a value that cannot be ({code}): find where the code or the test makes it, often from a variable or an option that is not set.',
    confidence: 0.85,
    when: IMPOSSIBLE,
  },
  {
    id: 'programming-error',
    subclass: 'defect',
    remedy: 'The code failed by itself: fix it where the stack points.',
    confidence: 0.8,
    when: [
      {
        name: 'TypeError|ReferenceError|SyntaxError|RangeError|EvalError|URIError|AttributeError|NameError|KeyError|IndexError|ZeroDivisionError|UnboundLocalError|RecursionError|NotImplementedError|ArithmeticException|\\w*IndexOutOfBoundsException|NoSuchElementException|UnsupportedOperationException|NoSuchMethodError|NoMethodError|FrozenError|InvalidCastException|NullReferenceException|ModuleNotFoundError|ImportError|IndentationError|NullPointerException|ClassCastException',
        message:
          '^(?!["\x27]?Could not resolve authentication method|\x27[A-Z][A-Z0-9]*_[A-Z0-9_]+\x27$|Unexpected token \x27?<|[^\\n]*<(?:!doctype|html)|fetch failed|terminated|Failed to fetch|NetworkError|Network request failed|Load failed|[^\\n]*(?:heap out of memory|ERR_TLS|certificate))',
        root: true,
      },
      {
        code: 'ERR_INVALID_ARG_TYPE|ERR_INVALID_ARG_VALUE',
        root: true,
      },
      { message: '^process\\.exit unexpectedly called' },
      // Rust's own panics and the parsers of its standard library
      {
        message:
          '^(?:index out of bounds: the len is|attempt to (?:add|subtract|multiply|divide|negate|shift left|shift right|calculate)|(?:range (?:start|end) index|slice index) |called `Option::unwrap|already (?:mutably )?borrowed|not (?:yet )?implemented|internal error: entered unreachable code|called `Result::unwrap\\(\\)` on an `Err` value: (?:Parse(?:Int|Float|Bool|Char)Error|Utf8Error|FromUtf8Error|TryFromIntError))|(?:^|\\n)note: test did not panic as expected',
        root: true,
      },
      {
        name: 'ValueError|NumberFormatException|FormatException|ArgumentError|IllegalArgumentException',
        message:
          '^(?:invalid literal|could not convert|For input string|Input string was not|not enough values|too many values|invalid value for)',
      },
    ],
  },
]);

/** What a mock made is what the test asked it for; a network was never tried. */
export const MOCKED_RULES = defects([
  {
    id: 'made-by-a-mock',
    subclass: 'mocked',
    remedy:
      'A mock made this error because the test asked it to: look at how the code under test handles it.',
    confidence: 0.8,
    when: [
      {
        stack:
          '^\\s*(?:[^\\n]*\\n){0,2}?\\s*(?:at|❯) [^\\n]*(?:node_modules[/\\\\](?:\\.pnpm[/\\\\][^/\\\\]+[/\\\\]node_modules[/\\\\])?(?:axios-mock-adapter|nock|msw|@mswjs|fetch-mock|jest-fetch-mock|vitest-fetch-mock|moxios|nise|sinon|mockttp|pretender|miragejs|@pollyjs|undici[/\\\\]lib[/\\\\]mock)[/\\\\]|site-packages[/\\\\](?:responses|requests_mock|respx|httpretty|vcr|aioresponses|pytest_httpx)\\b)',
        complete: false,
      },
      // The answer of a mock that tells of its own mistake.
      {
        message:
          '\\b(?:Type|Reference|Range|Syntax)?Error\\b[^]*?node_modules[/\\\\](?:msw|@mswjs|nock|fetch-mock|miragejs)[/\\\\]',
        complete: false,
      },
    ],
  },
]);

/** Defects, unless a rule before explains the error. */
export const DEFECT_RULES = defects([
  {
    id: 'family-refused',
    subclass: 'rejected',
    remedy:
      'The server answers and refuses what it was sent ({code}): fix the request, or what the tests expect of the server.',
    confidence: 0.8,
    when: said('family-refused'),
  },
  {
    id: 'family-answer',
    subclass: 'invalid-output',
    remedy:
      'The model’s answer could not be used ({code}): look at the schema, the limit of tokens and the prompt.',
    confidence: 0.7,
    when: said('family-answer'),
  },
  {
    id: 'deadline',
    subclass: 'deadline-overrun',
    remedy:
      'No answer came within the deadline: npx --no-install drydock doctor tells whether the server answers; if it does, look for a wait that nothing ends.',
    confidence: 0.6,
    passing: true,
    when: [...said('deadline'), { message: '^(?:Test|Hook) timed out in \\d+ ?ms', complete: true }],
  },
  {
    id: 'validator',
    subclass: 'invalid-value',
    remedy: 'A validator refused a value: fix the value, or the schema that the message names.',
    confidence: 0.85,
    when: VALIDATORS,
  },
  {
    id: 'missing-file',
    subclass: 'missing-file',
    remedy: 'A file that the code or the test names is not there: correct its path, or make the file.',
    confidence: 0.7,
    when: [{ code: 'ENOENT|EISDIR|ENOTDIR|ENAMETOOLONG|EBADF', complete: false }],
  },
  {
    id: 'use-after-close',
    subclass: 'use-after-close',
    remedy:
      'A connection or a pool was used after it had been closed, or before it was open: look at who closes it.',
    confidence: 0.7,
    when: [{ message: USED_AFTER_CLOSE, complete: false }],
  },
  {
    id: 'test-deadline',
    subclass: 'deadline-overrun',
    remedy:
      'The test did not end in time, and the report does not say what it waited for: npx --no-install drydock doctor tells whether its servers answer; if they do, look for a wait that nothing ends.',
    confidence: 0.5,
    when: [
      {
        message:
          '^(?:Test timed out in \\d+ ?ms|Timeout of \\d+ms exceeded|Exceeded timeout of \\d+ ?ms for a test|Test timeout of \\d+ms exceeded|thrown: "Exceeded timeout|this report keeps no words of the error)|^test timed out after|panic: test timed out',
        complete: false,
      },
      { name: 'TimeoutError|AbortError|DOMException', message: 'abort|timed? ?out', complete: false },
    ],
  },
  {
    id: 'file-does-not-load',
    subclass: 'defect',
    remedy:
      'A file does not load: fix its syntax or the import that the message names; where a package is missing, install what the lock file names (npm ci).',
    confidence: 0.8,
    when: [
      { code: 'ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND', root: true },
      {
        message:
          '^(?:Cannot find (?:module|package) [\'"]|Failed to (?:resolve import|load url|parse source)|No test suite found in file|Your test suite must contain at least one test|Transform failed|Parse failure)',
        root: true,
      },
    ],
  },
]);

function defects(rules: readonly Omit<Rule, 'class'>[]): readonly Rule[] {
  return rules.map((rule) => ({ class: 'mechanism', ...rule }));
}
