import { UsageError } from '@drydock/workspace';

/** Problem of one variable or file, without any part of its value. */
export interface EnvironmentProblem {
  /** The variable's name, or a file's path. */
  readonly variable: string;
  /** The problem, as the end of a sentence that begins with the name: `has no host`. */
  readonly problem: string;
  /** Example of a good value. */
  readonly example?: string | undefined;
}

/** One or more malformed variables; names each, its problem and an example, never its value. */
export class EnvironmentUsageError extends UsageError {
  /** Every problem found, in the variables' order. */
  readonly problems: readonly EnvironmentProblem[];

  constructor(problems: readonly EnvironmentProblem[]) {
    super(problems.map(sentence).join('\n'));
    this.problems = problems;
  }
}

function sentence({ variable, problem, example }: EnvironmentProblem): string {
  return `${variable} ${problem}.${example === undefined ? '' : ` For example: ${variable}=${example}`}`;
}
