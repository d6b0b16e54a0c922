// First, so that what is printed is not lost in a sandbox.
import '@drydock/network-guard/stdio';
import { endingOf } from './ending-of.js';
import { createProgram } from './program.js';

try {
  await createProgram(process.cwd(), (code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  const { code, line } = endingOf(error);
  if (line !== undefined) process.stderr.write(`drydock: ${line}\n`);
  process.exitCode = code;
}
