import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from '../cases/run-node.js';
import type { Attempt } from '../types.cjs';
import { type Group, groupWays, type Outcome, REPORT, type Target, writeAssignment } from './plan.js';
import type { Way } from './way.js';

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const REGISTER = path.join(PACKAGE, 'dist/bundle/register.cjs');
const DRIVER = path.join(PACKAGE, 'dist/escape/driver.js');
const RUN_DEADLINE_MS = 150_000;
/** Processes at a time. */
const AT_ONCE = 2;

/** The result of one way under the guard. */
export interface Trial {
  way: Way;
  outcome: Outcome | undefined;
  attempts: Attempt[];
  /** The exit code of the process that it ran in. */
  exitCode: number | null;
  stderr: string;
}

/** Tries ways in guarded processes of a Node binary, against a target. */
export async function tryWays(node: string, ways: readonly Way[], target: Target): Promise<Trial[]> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'escape-'));
  try {
    const groups = groupWays(ways);
    const trials: Trial[][] = [];
    const waiting = [...groups.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, group] = next;
        trials[index] = await runGroup(node, path.join(root, String(index)), group, target);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return trials.flat();
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

async function runGroup(node: string, folder: string, group: Group, target: Target): Promise<Trial[]> {
  fs.mkdirSync(folder, { recursive: true });
  const assignment = writeAssignment(folder, group, target);
  const report = path.join(folder, REPORT);
  const args = ['--no-warnings', ...group.flags, '--require', REGISTER, DRIVER, assignment];
  const { stdout, stderr, exitCode } = await runNode(node, args, { deadlineMs: RUN_DEADLINE_MS });
  const attempts = jsonLines<{ attempt: Attempt }>(readIfThere(report)).map(({ attempt }) => attempt);
  const outcomes = jsonLines<Outcome>(stdout);
  return group.ways.map((way) => ({
    way,
    outcome: outcomes.find(({ name }) => name === way.name),
    attempts: group.ways.length === 1 ? attempts : attempts.filter(({ test }) => test === way.name),
    exitCode,
    stderr,
  }));
}

function readIfThere(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function jsonLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T);
}
