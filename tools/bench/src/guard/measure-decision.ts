import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const DECISION = fileURLToPath(
  new URL('../../bench/decision.mjs', import.meta.resolve('@drydock/network-guard')),
);
const LIMIT_MS = 120_000;

/** What one decision of a kind takes. */
export interface DecisionTime {
  readonly label: string;
  readonly nanoseconds: number;
}

/**
 * Times the guard's decision about a connection that is allowed, in a process of its own.
 *
 * @throws Error when the guard's own benchmark prints nothing that can be read.
 */
export async function measureDecision(): Promise<DecisionTime[]> {
  const child = spawn(process.execPath, [DECISION], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    // Its exit code says whether its budget was kept; here the figure stands beside the target.
    child.once('close', () => resolve());
  });
  const times = readDecisions(output);
  if (times.length === 0) throw new Error(`${DECISION} printed no time: ${JSON.stringify(output)}`);
  return times;
}

/** Reads lines such as `an allowed name     131 ns`. */
export function readDecisions(output: string): DecisionTime[] {
  return [...output.matchAll(/^(\S.*?) {2,}(\d+) ns$/gm)].map(([, label = '', nanoseconds]) => ({
    label,
    nanoseconds: Number(nanoseconds),
  }));
}
