import { UsageError } from '@drydock/workspace';

/** What is wrong with one variable or file, without any part of its value. */
export interface EnvironmentProblem {
  /** The variable's name, or a file's path. */
  readonly variable: string;
  /** What is wrong, as the end of a sentence that begins with the name: `has no host`. */
  readonly problem: string;
  /** A good value or what to do. */
  readonly example?: string | undefined;
}

/** One or more variables are malformed; names them, what is wrong and a good example, never a value. */
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
