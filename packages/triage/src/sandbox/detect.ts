import { runClean } from '../clean/run.js';
import { concludeSandbox } from './conclude.js';
import type { SandboxReport } from './report.js';

const DEADLINE_MS = 10_000;

/** Options of the search for a sandbox. */
export interface DetectOptions {
  /** Environment whose hints and proxies count. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds for which an earlier answer of this process counts; 0 asks anew. @default 30000 */
  readonly maxAgeMs?: number;
}

let known: SandboxReport | undefined;

/** Looks for a sandbox around this process, from a process of its own; an answer is kept for a while. */
export async function detectSandbox({ env, maxAgeMs = 30_000 }: DetectOptions = {}): Promise<SandboxReport> {
  if (known && Date.now() - Date.parse(known.observations.at) < maxAgeMs) return known;
  const lines = await runClean({ observe: true, targets: [], stepMs: 0 }, { env, deadlineMs: DEADLINE_MS });
  const seen = lines.find((line) => line.kind === 'observations');
  if (seen === undefined)
    throw new Error('The process that looks for a sandbox ended before it saw anything.');
  return rememberSandbox(concludeSandbox(seen.observations));
}

/** Remembers a result that another check produced. */
export function rememberSandbox(report: SandboxReport): SandboxReport {
  known = report;
  return report;
}
