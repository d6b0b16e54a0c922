import fs from 'node:fs';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { Core } from '../core.cjs';
import { firstLine, isNewerThan, locate, real } from './locate.cjs';
import { judgeNode } from './node-flags.cjs';

// Kept, because tests replace these at times.
const { basename, isAbsolute } = path;
const NODE = fs.realpathSync(process.execPath);
const NODE_NAMES = /^node(js)?(\.exe)?$/i;
const INTERPRETERS_FOLLOWED = 4;

/** A program that is about to start. */
export interface Launch {
  file: string;
  args: readonly string[];
  env: readonly string[];
  cwd: string | undefined;
  api: string;
}

/** The error for a program that would run without the guard; undefined lets it start. */
export function judgeLaunch(core: Core, launch: Launch): BlockedError | undefined {
  const { file, env, cwd, api } = launch;
  const program = locate(file, env, cwd);
  if (program === undefined) return undefined;
  const { osWall, programs } = core.context.policy;
  const flags = flagsAsNode(program, launch, core.began);
  if (flags) {
    const args = isNode(program, core.began) ? launch.args : [file, ...flags, '--', ...launch.args];
    const refusal = judgeNode({ args, env, cwd });
    if (!refusal || isLetThrough(refusal.protocol, refusal.host, core)) return undefined;
    return core.refuse({ ...refusal, api });
  }
  if (osWall || programs.some((listed) => names(listed, file, program))) return undefined;
  return core.refuse({ protocol: 'child', host: basename(file), api, address: program });
}

// The operating system keeps a child off the network, but not from opening a debugger's port on this machine.
function isLetThrough(protocol: string, host: string, core: Core): boolean {
  const { osWall, programs } = core.context.policy;
  return protocol !== 'inspector' && (osWall || programs.includes(host));
}

// A file named `node` that was made during the run may be any program.
function isNode(program: string, began: number): boolean {
  return program === NODE || (NODE_NAMES.test(basename(program)) && !isNewerThan(program, began));
}

// The flags that a script's first line gives to Node; none for Node itself, undefined for another program.
function flagsAsNode(
  program: string,
  launch: Launch,
  began: number,
  depth = 0,
): readonly string[] | undefined {
  if (isNode(program, began)) return [];
  const { interpreter, flags } = interpreterOf(program, launch, began) ?? {};
  if (interpreter === undefined || flags === undefined || depth >= INTERPRETERS_FOLLOWED) return undefined;
  const inner = flagsAsNode(interpreter, launch, began, depth + 1);
  return inner && [...inner, ...flags];
}

// `env` searches the child's PATH for its program.
function interpreterOf(program: string, { env, cwd }: Launch, began: number) {
  const [first, ...rest] = (/^#!\s*(.*)/.exec(firstLine(program))?.[1] ?? '').split(/\s+/).filter(Boolean);
  if (first === undefined) return undefined;
  if (basename(first) !== 'env') return { interpreter: real(first), flags: rest };
  if (isNewerThan(first, began)) return undefined;
  const [name = '', ...flags] = rest[0] === '-S' ? rest.slice(1) : rest;
  return { interpreter: locate(name, env, cwd), flags };
}

function names(listed: string, file: string, program: string): boolean {
  if (isAbsolute(listed)) return listed === file || listed === program || real(listed) === program;
  const plain = (name: string) => basename(name).replace(/\.(exe|cmd|bat)$/i, '');
  return plain(file) === listed || plain(program) === listed;
}
