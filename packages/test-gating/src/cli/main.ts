// First, so that what is printed is not lost in a sandbox.
import '@drydock/network-guard/stdio';
import { UsageError } from '@drydock/workspace';
import { CommanderError } from 'commander';
import { EXIT } from '../report/exit-code.js';
import { writeProblemOf } from '../report/write-problem.js';
import { createProgram } from './program.js';

try {
  await createProgram(process.cwd(), (code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message; help and version end with code 0.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else if (error instanceof UsageError) {
    process.stderr.write(`drydock: ${error.message}\n`);
    process.exitCode = EXIT.usage;
  } else {
    const problem = writeProblemOf(error);
    if (problem === undefined) throw error;
    process.stderr.write(`drydock: ${problem.line}\n`);
    process.exitCode = problem.code;
  }
}
