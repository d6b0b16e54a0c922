import fs from 'node:fs';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { Core } from '../core.cjs';

const { accessSync, constants, existsSync, openSync, readSync, closeSync, realpathSync, statSync } = fs;
const NODE = realpathSync(process.execPath);
const NODE_NAMES = /^node(js)?(\.exe)?$/i;

/** A program that is about to be started. */
export interface Launch {
  file: string;
  args: readonly string[];
  env: readonly string[];
  cwd: string | undefined;
  api: string;
}

/** Refuses a program that the guard would not reach into; undefined lets it start. */
export function judgeLaunch(core: Core, launch: Launch): BlockedError | undefined {
  const program = locate(launch);
  if (program === undefined) return undefined;
  if (isNode(program)) return judgeNodeFlags(core, launch);
  const { osWall, programs } = core.context.policy;
  if (osWall || programs.some((listed) => names(listed, launch.file, program))) return undefined;
  return core.refuse({
    protocol: 'child',
    host: path.basename(launch.file),
    api: launch.api,
    address: program,
  });
}

/** Whether a file is Node itself, or a script that names Node as its interpreter. */
export function isNode(program: string): boolean {
  if (program === NODE || NODE_NAMES.test(path.basename(program))) return true;
  return /^#!\s*(\S*\/env\s+(-S\s+)?)?(\S*\/)?node(\s|$)/.test(firstLine(program));
}

// The debugger's port, and `--run`, which starts a shell without running any JavaScript.
function judgeNodeFlags(core: Core, launch: Launch): BlockedError | undefined {
  const fromEnv =
    launch.env.find((pair) => pair.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
  const flags = [...fromEnv.split(/\s+/), ...ownFlags(launch)].map((flag) => flag.replaceAll('_', '-'));
  const inspect = flags.find((flag) => /^--(inspect|inspect-brk|inspect-wait)(=|$)/.test(flag));
  if (inspect !== undefined) {
    const [host, port] = inspectAddress(inspect);
    return core.refuse({
      protocol: 'inspector',
      host,
      port,
      api: launch.api,
      reason: `the child was given ${inspect}`,
    });
  }
  if (flags.some((flag) => /^--run(=|$)/.test(flag)))
    return core.refuse({
      protocol: 'child',
      host: 'node --run',
      api: launch.api,
      reason: '--run starts a shell',
    });
  return undefined;
}

// Node's own flags stand before the script. Which flags take a value of their own changes from version to version, so
// what follows a flag counts as a script only if it is a file: too much is looked at rather than too little.
function ownFlags({ args, cwd }: Launch): string[] {
  const rest = args.slice(1);
  const end = rest.findIndex((arg, index) => arg === '--' || isScript(arg, rest[index - 1], cwd));
  return end < 0 ? rest : rest.slice(0, end);
}

function isScript(arg: string, before: string | undefined, cwd: string | undefined): boolean {
  if (arg.startsWith('-')) return false;
  return before === undefined || !/^-[^=]*$/.test(before) || existsSync(path.resolve(cwd ?? '.', arg));
}

function inspectAddress(flag: string): [string, number] {
  const value = flag.split('=')[1] ?? '';
  const [, host, port] = /^(?:(.*?):)?(\d+)$/.exec(value) ?? [];
  return [host ?? (value && port === undefined ? value : '127.0.0.1'), Number(port ?? 9229)];
}

function names(listed: string, file: string, program: string): boolean {
  if (path.isAbsolute(listed)) return listed === file || listed === program || real(listed) === program;
  const plain = (name: string) => path.basename(name).replace(/\.(exe|cmd|bat)$/i, '');
  return plain(file) === listed || plain(program) === listed;
}

function locate({ file, env, cwd }: Launch): string | undefined {
  if (/[\\/]/.test(file)) return real(path.resolve(cwd ?? '.', file));
  const search =
    env.find((pair) => /^path=/i.test(pair))?.slice('PATH='.length) ?? process.env.PATH ?? '/usr/bin:/bin';
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  for (const folder of search.split(path.delimiter))
    for (const ending of endings) {
      const candidate = path.resolve(cwd ?? '.', folder, file + ending);
      if (isProgram(candidate)) return real(candidate);
    }
  return undefined;
}

function isProgram(candidate: string): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    return statSync(candidate).isFile();
  } catch {
    return false;
  }
}

function real(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

function firstLine(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(128);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    closeSync(descriptor);
    return bytes.toString('latin1', 0, length).split('\n')[0] ?? '';
  } catch {
    return '';
  }
}
