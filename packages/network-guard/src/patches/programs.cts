import fs from 'node:fs';
import path from 'node:path';
import type { BlockedError } from '../attempt/blocked-error.cjs';
import type { Core } from '../core.cjs';
import { idsDiffer, ignoresNodeOptions } from './elevated.cjs';
import { isNewerThan, locate, real } from './locate.cjs';
import { judgeNode } from './node-flags.cjs';
import { readShebang, wordsForEnv } from './shebang.cjs';

// Kept, because tests replace these at times.
const { basename, isAbsolute, resolve } = path;
const NODE = fs.realpathSync(process.execPath);
const NODE_NAMES = /^node(js)?(\.exe)?$/i;
const INTERPRETERS_FOLLOWED = 4;
const OTHER_RIGHTS = 'the real and effective ids of this process differ, so that Node ignores NODE_OPTIONS';

/** A program that is about to start. */
export interface Launch {
  file: string;
  args: readonly string[];
  env: readonly string[];
  cwd: string | undefined;
  api: string;
}

/** What becomes of a program that is about to start. */
export interface Verdict {
  /** The error for a program that would run without the guard. */
  blocked?: BlockedError | undefined;
  /** Whether it is Node, which gets the guard. */
  isNode?: boolean;
  /** Whether it is a Node that may ignore NODE_OPTIONS, so that the guard has to be among its arguments. */
  byArguments?: boolean;
}

/** Judges a program that is about to start: Node gets the guard, others must be listed. */
export function judgeLaunch(core: Core, launch: Launch): Verdict {
  const { file, env, cwd, api } = launch;
  const program = locate(file, env, cwd);
  const refusal = { protocol: 'child', host: basename(file), api } as const;
  // With other effective rights, the system may find a program that the guard may not see.
  if (program === undefined)
    return idsDiffer() ? { blocked: core.refuse({ ...refusal, reason: OTHER_RIGHTS }) } : {};
  const { osWall, programs } = core.context.policy;
  const flags = flagsAsNode(program, launch, core.began);
  if (flags) {
    const isDirect = isNode(program, core.began);
    const byArguments = program !== NODE || ignoresNodeOptions(program);
    if (!isDirect && idsDiffer()) return { blocked: core.refuse({ ...refusal, reason: OTHER_RIGHTS }) };
    const args = isDirect ? launch.args : [file, ...flags, '--', ...launch.args];
    const found = judgeNode({ args, env, cwd, began: core.began });
    if (!found || isLetThrough(found.protocol, found.host, core))
      return { isNode: true, byArguments: isDirect && byArguments };
    return { blocked: core.refuse({ ...found, api }) };
  }
  if (osWall || programs.some((listed) => names(listed, file, program))) return {};
  return { blocked: core.refuse({ ...refusal, address: program }) };
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
  const shebang = readShebang(program);
  if (shebang === undefined) return undefined;
  const { path: first, argument } = shebang;
  if (basename(first) !== 'env')
    return { interpreter: real(resolve(cwd ?? '.', first)), flags: argument?.split(/[ \t]+/) ?? [] };
  if (isNewerThan(first, began)) return undefined;
  const [name = '', ...flags] = wordsForEnv(argument);
  return { interpreter: locate(name, env, cwd), flags };
}

function names(listed: string, file: string, program: string): boolean {
  if (isAbsolute(listed)) return listed === file || listed === program || real(listed) === program;
  const plain = (name: string) => basename(name).replace(/\.(exe|cmd|bat)$/i, '');
  return plain(file) === listed || plain(program) === listed;
}
