import { UsageError } from '@drydock/workspace';
import { CommanderError } from 'commander';
import { EXIT } from '../report/exit-code.js';
import { type WriteProblem, writeProblemOf } from '../report/write-problem.js';

/** How the command ends for an error that it expects; any other error is thrown again. */
export function endingOf(error: unknown): { readonly code: number; readonly line?: WriteProblem['line'] } {
  // Commander has printed its message; help and version end with code 0.
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? EXIT.ok : EXIT.usage };
  if (error instanceof UsageError) return { code: EXIT.usage, line: error.message };
  const problem = writeProblemOf(error);
  if (problem === undefined) throw error;
  return problem;
}
