import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a process wrote and its exit code. */
export interface ProcessResult {
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
 * Runs Node with its output in files, because a Node that a sandbox denies `getsockopt` loses what it writes to pipes.
 */
export async function runNode(
  node: string,
  args: readonly string[],
  { env, deadlineMs }: NodeSettings,
): Promise<ProcessResult> {
  // Scripts print the same whether or not the caller forces colours.
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
