import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a process said and how it ended. */
export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

/** Settings of a process. */
export interface NodeSettings {
  env?: NodeJS.ProcessEnv;
  /** How long it may run, in milliseconds. */
  deadlineMs: number;
}

/**
 * Runs Node with its output going to files: where a sandbox denies `getsockopt`, Node does not know what its pipes are
 * and drops what it writes to them.
 */
export async function runNode(
  node: string,
  args: readonly string[],
  { env, deadlineMs }: NodeSettings,
): Promise<Ended> {
  // A caller that forces colours must not change what scripts print.
  const { FORCE_COLOR: _, ...plain } = env ?? process.env;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'run-node-'));
  const [out, err] = ['stdout', 'stderr'].map((name) => fs.openSync(path.join(folder, name), 'w+')) as [
    number,
    number,
  ];
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(node, args, { env: plain, stdio: ['ignore', out, err], timeout: deadlineMs });
      child.on('error', reject);
      child.on('close', resolve);
    });
    const [stdout, stderr] = ['stdout', 'stderr'].map((name) =>
      fs.readFileSync(path.join(folder, name), 'utf8'),
    ) as [string, string];
    return { stdout, stderr, exitCode };
  } finally {
    fs.closeSync(out);
    fs.closeSync(err);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
