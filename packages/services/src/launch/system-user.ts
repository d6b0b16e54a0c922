import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A system user by numbers. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** User id of `nobody` on POSIX systems without an entry for it. */
const OVERFLOW_ID = 65_534;

/** Whether this process may become another user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user of that name, else `nobody`, as the system's own `id` knows them. */
export async function findUser(name: string): Promise<SystemUser> {
  return (await lookUp(name)) ?? (await lookUp('nobody')) ?? { uid: OVERFLOW_ID, gid: OVERFLOW_ID };
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

async function idOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [flag, name], { timeout: 5_000 });
    return Number.parseInt(stdout, 10);
  } catch {
    return undefined;
  }
}
