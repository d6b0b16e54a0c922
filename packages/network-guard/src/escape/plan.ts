import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Way } from './way.js';

/** The scripts that a process of the suite runs, and their target. */
export interface Assignment extends Target {
  temp: string;
  /** The file that attempts are recorded in. */
  report: string;
  scripts: { name: string; script: string }[];
}

/** The servers that the scripts try to reach. */
export interface Target {
  host: string;
  port: number;
  hostName: string;
  /** A Unix socket outside of the folder for temporary files. */
  outside: string;
}

/** How a script ended. */
export interface Outcome {
  name: string;
  result: string;
  code?: string | undefined;
}

/** A group of ways that share a process. */
export interface Group {
  flags: readonly string[];
  ways: readonly Way[];
}

/** The name of the file, in a group's folder, that attempts are recorded in. */
export const REPORT = 'attempts.jsonl';

/** A target without a server, for runs in which only the refusal counts. */
export const NOWHERE: Target = {
  host: '127.0.0.1',
  port: 49_999,
  hostName: 'escape.example',
  outside: path.join(os.tmpdir(), `escape-outside-${process.pid}.sock`),
};

const BODY_STARTS_AT_LINE = 2;

/** The ways that a major version of Node has. */
export function waysOf(major: number, ways: readonly Way[]): Way[] {
  return ways.filter(
    ({ since = 0, until = Number.POSITIVE_INFINITY, os: system = process.platform, manyUsers, needs }) =>
      since <= major &&
      major <= until &&
      system === process.platform &&
      (!manyUsers || rulesManyUsers()) &&
      (needs === undefined || isInstalled(needs)),
  );
}

function isInstalled(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => fs.existsSync(path.join(folder, program)));
}

// A superuser of a user namespace that maps one user has nobody to become.
function rulesManyUsers(): boolean {
  try {
    const [, , users] = fs.readFileSync('/proc/self/gid_map', 'utf8').trim().split(/\s+/);
    return process.getuid?.() === 0 && Number(users) > 65_534;
  } catch {
    return false;
  }
}

/** Groups the ways that can share one process. */
export function groupWays(fitting: readonly Way[]): Group[] {
  const isAlone = ({ flags, alone }: Way) => alone === true || flags !== undefined;
  return [
    { flags: [], ways: fitting.filter((way) => !isAlone(way)) },
    ...fitting.filter(isAlone).map((way) => ({ flags: way.flags ?? [], ways: [way] })),
  ];
}

/** Writes the scripts of a group into a folder and returns the assignment file for the driver. */
export function writeAssignment(folder: string, group: Group, target: Target): string {
  const temp = path.join(folder, 'temp');
  fs.mkdirSync(temp, { recursive: true });
  const scripts = group.ways.map((way, index) => {
    const script = path.join(folder, `way-${index}.cjs`);
    fs.writeFileSync(script, `module.exports = async (t) => {\n${way.code}\n};\n`);
    return { name: way.name, script };
  });
  const file = path.join(folder, 'assignment.json');
  fs.writeFileSync(
    file,
    JSON.stringify({ ...target, temp, report: path.join(folder, REPORT), scripts } satisfies Assignment),
  );
  return file;
}

/** The line of a way's script that must be blamed. */
export function blamedLine(way: Way): number {
  const marked = way.code.split('\n').findIndex((line) => line.trimEnd().endsWith('//!'));
  return Math.max(marked, 0) + BODY_STARTS_AT_LINE;
}
