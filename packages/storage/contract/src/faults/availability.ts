import { expect, type TestContext } from 'vitest';

/** Something that this machine has, or the reason why it has not. */
export type Availability<T> = { readonly value: T } | { readonly reason: string };

/** Waits for something that may be unavailable on this machine; rejects for any other reason. */
export async function tryAcquire<T>(acquiring: Promise<T>): Promise<Availability<T>> {
  try {
    return { value: await acquiring };
  } catch (error) {
    const { kind, message, reason, remedy } = error as Record<string, string>;
    if (kind !== 'unavailable') throw error;
    console.warn(message);
    return { reason: `${reason ?? message}. ${remedy}` };
  }
}

/** The value; where it is unavailable, so is the test, with the reason. */
export function orSkip<T>(availability: Availability<T> | undefined, context: TestContext): T {
  if (availability === undefined) return expect.fail('the hook before the tests acquired nothing');
  return 'value' in availability ? availability.value : context.skip(`unavailable: ${availability.reason}`);
}
