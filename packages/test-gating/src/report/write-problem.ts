import { tmpdir } from 'node:os';
import { EXIT } from './exit-code.js';

/** Why something could not be written. */
export interface WriteProblem {
  /** Exit code: 4 where the disk is full, 2 where the place is wrong. */
  readonly code: number;
  /** One line that says what happened, where, and what to do. */
  readonly line: string;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const WRONG_PLACE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
]);
/** Calls that only make something, so that a missing folder is a wrong place too. */
const MAKING = new Set(['mkdtemp', 'mkdir', 'rename', 'access']);

/** Explains an error of the file system by which nothing could be written; undefined for any other error. */
export function writeProblemOf(error: unknown): WriteProblem | undefined {
  const { code = '', syscall = '', path = '' } = (error ?? {}) as NodeJS.ErrnoException;
  const where = path === '' ? '' : ` to ${path}`;
  if (FULL.has(code))
    return {
      code: EXIT.environment,
      line: `Nothing more can be written${where}: the disk is full (${code}). Free space, also in ${tmpdir()}, and run again.`,
    };
  if (syscall === '' || !(WRONG_PLACE.has(code) || (code === 'ENOENT' && MAKING.has(syscall))))
    return undefined;
  return {
    code: EXIT.usage,
    line: `Cannot read or write ${path || 'a file'} (${code}). Run in a checkout whose .drydock folder you may write, with TMPDIR set to a folder that exists.`,
  };
}

/** Writes something and returns the problem, if there was one; any other error is thrown. */
export function problemOfWriting(write: () => void): WriteProblem | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    const problem = writeProblemOf(error);
    if (problem === undefined) throw error;
    return problem;
  }
}

/** The worse of a run's own exit code and that of a problem: a full disk excuses no failure. */
export function codeWith(code: number, problem: WriteProblem | undefined): number {
  if (problem === undefined) return code;
  return problem.code === EXIT.usage || code === EXIT.ok ? problem.code : code;
}
