import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  type GenerateResult,
  type JsonSchema,
  type LlmError,
  type OutputSchema,
  toLlmError,
} from '../contract/index.js';
import { parseAnswer } from './parse-answer.js';
import { removePlaceholderNulls } from './remove-placeholder-nulls.js';
import { rememberMisfit } from './repair.js';
import { safePointers } from './safe-pointers.js';
import { jsonValidator, type Problem } from './validator.js';

/** Places named in an error; the others mostly follow from them. */
const MAX_PLACES = 3;

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
 * The checked value of an answer.
 *
 * @throws LlmError of kind `truncated` or `invalid_output`, with the usage and nothing of the answer.
 */
export async function checkAnswer<T>(result: GenerateResult, output: OutputSchema<T>): Promise<T> {
  const { finishReason } = result;
  if (finishReason === 'length') throw truncated(result);
  if (finishReason === 'tool_calls')
    throw invalid(result, 'TOOL_CALLS', 'the model asked for tools instead of answering');
  try {
    return await checkedValue(result.text, output);
  } catch (error) {
    // Whatever else is thrown here was thrown by the caller's own schema, and may show the answer.
    const { code, detail, problems } = error instanceof MisfitError ? error : FAILED_CHECK;
    return Promise.reject(rememberMisfit(invalid(result, code, detail), { text: result.text, problems }));
  }
}

const FAILED_CHECK = new MisfitError(
  'CHECK_FAILED',
  'the answer could not be checked: the schema itself threw an error',
  ['It could not be checked.'],
);

async function checkedValue<T>(text: string, { jsonSchema, validate }: OutputSchema<T>): Promise<T> {
  const validator = await jsonValidator(jsonSchema);
  const value = removePlaceholderNulls(parsed(text), validator.schema, validator.fits);
  if (!validate) {
    const problems = validator.problems(value);
    if (problems.length > 0) throw misfit(problems, jsonSchema);
    return value as T;
  }
  const checked = await validate['~standard'].validate(value);
  if (checked.issues) throw misfit(checked.issues.map(problemOf), jsonSchema);
  return checked.value;
}

function parsed(text: string): unknown {
  try {
    return parseAnswer(text);
  } catch {
    throw new MisfitError('NOT_JSON', 'the answer is not JSON', ['It is not valid JSON.']);
  }
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

function problemOf({ path = [], message }: StandardSchemaV1.Issue): Problem {
  return { path: path.map((part) => String(typeof part === 'object' ? part.key : part)), message };
}

function truncated({ provider, model, usage }: GenerateResult): LlmError {
  const detail = 'the answer broke off at its token limit; raise maxOutputTokens';
  return toLlmError('truncated', { provider, model, usage, detail });
}

function invalid({ provider, model, usage }: GenerateResult, code: string, detail: string): LlmError {
  return toLlmError('invalid_output', { provider, model, usage, code, detail });
}
