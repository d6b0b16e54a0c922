import fs from 'node:fs';

const { readFileSync, statSync } = fs;
const { getuid, geteuid, getgid, getegid } = process;
const SET_ID = 0o6000;
let hasCapabilities: boolean | undefined;

/** Whether the real and effective ids of this process differ, so that every Node child ignores NODE_OPTIONS. */
export function idsDiffer(): boolean {
  return getuid?.() !== geteuid?.() || getgid?.() !== getegid?.();
}

/** Whether a Node binary ignores NODE_OPTIONS, because it runs with more rights than the one who starts it. */
export function ignoresNodeOptions(program: string): boolean {
  return idsDiffer() || isSetId(program) || gainsCapabilities();
}

function isSetId(program: string): boolean {
  try {
    return (statSync(program).mode & SET_ID) !== 0;
  } catch {
    return false;
  }
}

// Where a user's own process has capabilities, its binary may be the one that gives them.
function gainsCapabilities(): boolean {
  hasCapabilities ??= getuid?.() !== 0 && /^CapPrm:\s*0*[1-9a-f]/m.test(ownStatus());
  return hasCapabilities;
}

function ownStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}
