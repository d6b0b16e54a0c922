import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CallCounts } from './count-calls.js';

/** Counts by backend, then by operation and number at once. */
export type CountsByBackend = Readonly<Record<string, Readonly<Record<string, CallCounts>>>>;

/** Counts as they were recorded, and why each time. */
export interface Recording {
  /** One line for each recording, the latest last. */
  readonly reasons: readonly string[];
  /** Major version of Node: what its own modules make differs from one to the next. */
  readonly node: string;
  readonly counts: CountsByBackend;
}

/** Where the counts are recorded. */
export const RECORDING = fileURLToPath(new URL('../../recorded-counts.json', import.meta.url));

/** How far a count may be from the recorded one: a share of it, and so much more. */
const TOLERANCE: Readonly<Record<keyof CallCounts, { readonly share: number; readonly more: number }>> = {
  promises: { share: 0.03, more: 0.2 },
  timers: { share: 0.03, more: 0.1 },
  requests: { share: 0, more: 0.01 },
  bytesSent: { share: 0.01, more: 2 },
};

/** Major version of the Node that runs. */
export function nodeMajor(): string {
  return process.versions.node.split('.', 1)[0] ?? '';
}

/** What was recorded. */
export function readRecording(file = RECORDING): Recording {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Records counts with the reason for it. */
export function record(counts: CountsByBackend, reason: string, file = RECORDING): void {
  const reasons = [...readRecording(file).reasons, reason];
  writeFileSync(file, `${JSON.stringify({ reasons, node: nodeMajor(), counts }, null, 2)}\n`);
}

/** One line for each count that is not what was recorded: also for a lower one, so that it cannot creep up again unseen. */
export function differences(recorded: CountsByBackend, counted: CountsByBackend): string[] {
  const lines: string[] = [];
  for (const [backend, operations] of Object.entries(counted))
    for (const [operation, counts] of Object.entries(operations)) {
      const before = recorded[backend]?.[operation];
      for (const name of Object.keys(TOLERANCE) as (keyof CallCounts)[]) {
        const was = before?.[name] ?? 0;
        const { share, more } = TOLERANCE[name];
        if (Math.abs(counts[name] - was) <= was * share + more) continue;
        lines.push(`${backend}: ${operation}: ${name} ${counts[name]} a call, recorded ${was}`);
      }
    }
  return lines;
}
