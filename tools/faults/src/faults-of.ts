import { test } from 'vitest';
import type { FaultMeta } from './fault-meta.js';

declare module 'vitest' {
  interface TaskMeta {
    fault?: FaultMeta;
  }
}

/** Facts of a fault beside what produces it. */
export interface FaultOptions {
  /** What a check in a clean process would find afterwards. */
  readonly check?: FaultMeta['check'];
  /** Milliseconds until the test counts as hung. @default 25 000 */
  readonly timeoutMs?: number;
  /** Set where the test's own timeout is the fault. */
  readonly hangs?: boolean;
}

/** The faults of one subject: each a test that fails with the real error. */
export function faultsOf(subject: string) {
  return (
    name: string,
    expected: string,
    produce: () => unknown,
    { check, timeoutMs = 25_000, hangs = false }: FaultOptions = {},
  ): void => {
    test(`${subject}: ${name}`, { timeout: timeoutMs }, async ({ task }) => {
      const fault: FaultMeta = { subject, name, expected, produced: hangs, ...(check && { check }) };
      task.meta.fault = fault;
      try {
        await produce();
      } catch (error) {
        fault.produced = true;
        throw error;
      }
      throw new Error('this fault did not come about');
    });
  };
}
