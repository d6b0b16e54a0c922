import type { Protocol } from '../types.cjs';

/** One way out of a guarded process, as a script that a test could hold. */
export interface Way {
  /** What is tried; unique. */
  name: string;
  /**
   * The body of `async (t) => { … }`. The line that the guard must blame ends in `//!`; it is the first one where no
   * line does.
   */
  code: string;
  /** What the guard must record; `$host`, `$port` and `$name` stand for the target of the run. */
  expect: Expected;
  /** Flags for Node; a way with flags runs in a process of its own. */
  flags?: readonly string[];
  /** Whether the script needs a process of its own, because it ends it. */
  alone?: boolean;
  /** Whether the script changes ids, which takes a superuser over many users. */
  manyUsers?: boolean;
  /** The program that the script starts, where not every system has it. */
  needs?: string;
  /** The only operating system that has this way. */
  os?: NodeJS.Platform;
  /** The first major version of Node that has this way. */
  since?: number;
  /** The last major version of Node that has this way. */
  until?: number;
}

/** What must be recorded for a way. */
export interface Expected {
  protocol: Protocol;
  host: string | RegExp;
  port?: number | '$port' | undefined;
  /** Set where Node has lost the caller by the time it dials, so that only the test can be blamed. */
  frame?: 'lost';
  /** Set where the code runs under another name: in a child, a worker or from a string. */
  elsewhere?: boolean;
}

/** Makes a table of ways that share what is expected of them. */
export function ways(expected: Partial<Expected>, table: Record<string, string | WayDetails>): Way[] {
  return Object.entries(table).map(([name, entry]) => {
    const { code, expect, ...rest } = typeof entry === 'string' ? { code: entry, expect: {} } : entry;
    return { name, code, ...rest, expect: { protocol: 'tcp', host: '$host', ...expected, ...expect } };
  });
}

type WayDetails = Omit<Way, 'name' | 'expect'> & { expect?: Partial<Expected> };
