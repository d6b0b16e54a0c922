import { spawnSync } from 'node:child_process';

const DENIED = 'socket,connect,bind,listen,accept,accept4,sendto,getpeername,getsockname';

/** A way to run a command in a sandbox. */
export interface Wall {
  /** What triage has to find: `seccomp`. */
  readonly kind: string;
  /** How it was found, as the search for a sandbox says it. */
  readonly evidence: string;
  /** Command to put in front. */
  readonly command: readonly string[];
}

const WALLS: readonly Wall[] = [
  {
    kind: 'seccomp',
    evidence: 'a seccomp filter denies sockets (EPERM on loopback)',
    command: ['firejail', '--quiet', '--noprofile', `--seccomp=${DENIED}`, '--seccomp-error-action=EPERM'],
  },
  {
    kind: 'empty-network-namespace',
    evidence: 'the network namespace is empty (loopback is down)',
    command: ['unshare', '-rn'],
  },
];

/** The walls that can be put up here. */
export function availableWalls(): readonly Wall[] {
  return WALLS.filter(({ command: [file = '', ...args] }) => {
    const { status } = spawnSync(file, [...args, process.execPath, '-e', ''], {
      stdio: 'ignore',
      timeout: 20_000,
    });
    return status === 0;
  });
}
