import type { Deadline } from '@drydock/resilience';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  type GenerateResult,
  type JsonSchema,
  type LlmError,
  type OutputSchema,
  toLlmError,
} from '../contract/index.js';
import { unwrappedValue } from './dialect/wrapped-root.js';
import { answerValues } from './parse-answer.js';
import { rememberMisfit } from './repair.js';
import { runBounded, WorkTimeoutError } from './run-bounded.js';
import { safePointers } from './safe-pointers.js';
import type { Problem } from './schema-check.js';
import { jsonValidator } from './validator.js';

/** Places named in an error; the others mostly follow from them. */
const MAX_PLACES = 3;
/** Longest that a check may keep the process from anything else, in milliseconds; less where the call's deadline is nearer. */
const MOST_CHECK_MS = 10_000;

/** What is wrong with an answer. */
class MisfitError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly problems: readonly string[],
  ) {
    super(code);
  }
}

/**
 * The checked value of an answer; a check that takes too long ends with the deadline.
 *
 * @throws LlmError of kind `truncated` or `invalid_output`, with the usage and nothing of the answer; DeadlineExceededError.
 */
export async function checkAnswer<T>(
  result: GenerateResult,
  output: OutputSchema<T>,
  deadline?: Deadline,
): Promise<T> {
  const { finishReason } = result;
  if (finishReason === 'length') throw truncated(result);
  if (finishReason === 'tool_calls')
    throw invalid(result, 'TOOL_CALLS', 'the model asked for tools instead of answering');
  try {
    return await checkedValue(result.text, output, deadline);
  } catch (error) {
    if (error instanceof WorkTimeoutError) {
      // A deadline does not fire by itself while the work keeps the process busy.
      deadline?.throwIfOver();
      throw invalid(result, 'CHECK_TIMEOUT', TOO_SLOW);
    }
    // Whatever else is thrown here was thrown by the caller's own schema, and may show the answer.
    const { code, detail, problems } = error instanceof MisfitError ? error : FAILED_CHECK;
    return Promise.reject(rememberMisfit(invalid(result, code, detail), { text: result.text, problems }));
  }
}

const TOO_SLOW = `checking the answer took longer than ${MOST_CHECK_MS} ms; tell the alternatives of a recursive schema apart by a constant, and keep regular expressions from backtracking`;

const FAILED_CHECK = new MisfitError(
  'CHECK_FAILED',
  'the answer could not be checked: the schema itself threw an error',
  ['It could not be checked.'],
);

async function checkedValue<T>(
  text: string,
  { jsonSchema, validate }: OutputSchema<T>,
  deadline: Deadline | undefined,
): Promise<T> {
  // Most answers have no null that could be removed.
  const hasNulls = text.includes('null');
  const validator = hasNulls || !validate ? await jsonValidator(jsonSchema) : undefined;
  const check = (value: unknown) => {
    const cleaned = validator && hasNulls ? validator.withoutPlaceholderNulls(value) : value;
    if (validate) return validate['~standard'].validate(cleaned);
    const problems = validator?.problems(cleaned) ?? [];
    return problems.length > 0 ? { issues: problems } : { value: cleaned as T };
  };
  let first: MisfitError | undefined;
  // A source in brackets or another example may stand behind the value, which is the one that fits.
  for (const value of answerValues(text)) {
    const mostMs = Math.min(MOST_CHECK_MS, deadline?.remainingMs() ?? MOST_CHECK_MS);
    const checked = await runBounded(() => check(unwrappedValue(value, jsonSchema)), mostMs);
    if (!checked.issues) return checked.value;
    first ??= misfit(checked.issues.map(problemOf), jsonSchema);
  }
  throw first ?? new MisfitError('NOT_JSON', 'the answer is not JSON', ['It is not valid JSON.']);
}

function misfit(problems: readonly Problem[], schema: JsonSchema): MisfitError {
  const places = safePointers(
    problems.map(({ path }) => path),
    schema,
  );
  const named = places.slice(0, MAX_PLACES).map((place) => (place === '' ? 'its root' : place));
  const more = places.length > MAX_PLACES ? ` and ${places.length - MAX_PLACES} more places` : '';
  return new MisfitError(
    'SCHEMA_MISMATCH',
    `the answer does not fit the schema at ${named.join(', ')}${more}`,
    problems.map(({ path, message }) => `at /${path.join('/')}: ${message}`),
  );
}

function problemOf({ path = [], message }: StandardSchemaV1.Issue | Problem): Problem {
  return { path: path.map((part) => String(typeof part === 'object' ? part.key : part)), message };
}

function truncated({ provider, model, usage }: GenerateResult): LlmError {
  const detail = 'the answer broke off at its token limit; raise maxOutputTokens';
  return toLlmError('truncated', { provider, model, usage, detail });
}

function invalid({ provider, model, usage }: GenerateResult, code: string, detail: string): LlmError {
  return toLlmError('invalid_output', { provider, model, usage, code, detail });
}
