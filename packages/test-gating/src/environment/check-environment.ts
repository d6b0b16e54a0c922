import type { VariableDefinition, Variables } from '@drydock/workspace';
import { problemOfUrl } from './check-url.js';
import { type EnvironmentProblem, EnvironmentUsageError } from './environment-usage-error.js';

/** A set of variables by name, as `process.env` is one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What becomes of malformed variables. */
export type OnMalformed = (problems: readonly EnvironmentProblem[]) => void;

/** Checks the variables that are set and not empty, and hands on the malformed ones; without a receiver they are thrown. */
export function checkEnvironment(
  env: Environment,
  variables: Variables,
  onMalformed: OnMalformed = throwAll,
): void {
  const problems: EnvironmentProblem[] = [];
  for (const [variable, definition] of Object.entries(variables)) {
    const value = env[variable];
    const problem = value ? problemOf(value, definition) : undefined;
    if (problem !== undefined) problems.push({ variable, problem, example: definition.example });
  }
  if (problems.length > 0) onMalformed(problems);
}

function throwAll(problems: readonly EnvironmentProblem[]): never {
  throw new EnvironmentUsageError(problems);
}

function problemOf(value: string, definition: VariableDefinition): string | undefined {
  const written = problemOfWriting(value);
  if (written !== undefined) return written;
  if (definition.kind === 'url') return problemOfUrl(value, definition);
  if (definition.kind === 'number') return problemOfNumber(value, definition);
  return undefined;
}

/** Mistakes of copying that any kind of value may have. */
function problemOfWriting(value: string): string | undefined {
  if (value.trim() === '') return 'holds nothing but white space';
  if (/[\r\n]/.test(value)) return 'contains a line break';
  if (value !== value.trim()) return 'begins or ends with white space';
  if (/^(["'`]).*\1$/.test(value))
    return 'stands in quotes; they belong to the shell or the .env file, not to the value';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value)) return 'contains a control character';
  return undefined;
}

function problemOfNumber(value: string, { min, max }: VariableDefinition): string | undefined {
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(value)) return 'is not a number';
  if (min !== undefined && Number(value) < min) return `is less than ${min}`;
  if (max !== undefined && Number(value) > max) return `is more than ${max}`;
  return undefined;
}
