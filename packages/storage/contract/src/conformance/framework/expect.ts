import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';
import type { AsymmetricMatcher } from './equal.js';
import { MATCHERS } from './matchers.js';

type Rest<F> = F extends (actual: unknown, ...rest: infer R) => boolean ? R : never;
type Matchers<Result> = {
  readonly [Name in keyof typeof MATCHERS]: (...args: Rest<(typeof MATCHERS)[Name]>) => Result;
};
type Claims<Result> = Matchers<Result> & { readonly not: Matchers<Result> };

/** What is claimed of a value, or of what a promise becomes. */
export type Expectation = Claims<void> & {
  readonly resolves: Claims<Promise<void>>;
  readonly rejects: Claims<Promise<void>>;
};

/** Claims something of a value, and throws Node's `AssertionError` where it is not so; the words are those of Vitest and Jest. */
export function expect(actual: unknown, message?: string): Expectation {
  const now = (claim: (value: unknown) => void) => claim(actual);
  const resolved = (claim: (value: unknown) => void) =>
    Promise.resolve(actual).then(claim, (error) => expect.fail(`it rejected with ${String(error)}`));
  const rejected = (claim: (value: unknown) => void) =>
    Promise.resolve(actual).then(() => expect.fail('it should have rejected'), claim);
  return {
    ...claims(now, message),
    resolves: claims(resolved, message),
    rejects: claims(rejected, message),
  };
}

/** Fails. */
expect.fail = (message: string): never => {
  throw new AssertionError({ message });
};

/** Equal to every text of that form. */
expect.stringMatching = (pattern: RegExp): AsymmetricMatcher => ({
  asymmetricMatch: (actual) => typeof actual === 'string' && pattern.test(actual),
});

function claims<Result>(
  after: (claim: (value: unknown) => void) => Result,
  message: string | undefined,
): Claims<Result> {
  const matchers = (holds: boolean) =>
    Object.fromEntries(
      Object.entries(MATCHERS).map(([name, matches]) => [
        name,
        (...args: unknown[]) =>
          after((value) => {
            const found = (matches as (value: unknown, ...args: unknown[]) => boolean)(value, ...args);
            if (found !== holds) refuse(value, `${holds ? '' : 'not.'}${name}`, args, message);
          }),
      ]),
    ) as unknown as Matchers<Result>;
  return { ...matchers(true), not: matchers(false) };
}

function refuse(
  actual: unknown,
  operator: string,
  args: unknown[],
  message = 'a claim does not hold',
): never {
  const shown = (value: unknown) => inspect(value, { depth: 4, maxStringLength: 200, maxArrayLength: 20 });
  const claim = `${shown(actual)} ${operator} ${args.map(shown).join(', ')}`;
  const error = new AssertionError({ message: `${message}: ${claim}`, actual, expected: args[0], operator });
  throw error;
}
