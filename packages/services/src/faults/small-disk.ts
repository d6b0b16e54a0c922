import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ServiceCommand } from '@drydock/storage/service';

const MEGABYTES = 32;
/** Copies what is there onto the small disk, which goes with the server's own view of the mounts. */
const SCRIPT = [
  'kept=$(mktemp -d) && mount -t tmpfs -o size="$1"m,mode=0777 tmpfs "$kept"',
  'cp -a "$2"/. "$kept"/ && chown --reference="$2" "$kept" && mount --move "$kept" "$2" && rmdir "$kept"',
  'cd "$2" && shift 2 && exec "$@"',
].join(' && ');

/** Runs the server with `folder` on a disk of its own that is soon full; nothing of it outlives the server. */
export async function onSmallDisk(
  { file, args, user, ...command }: ServiceCommand,
  folder: string,
  megabytes = MEGABYTES,
): Promise<ServiceCommand> {
  const asUser =
    user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
  const mounted = ['sh', '-c', SCRIPT, 'sh', String(megabytes), folder];
  const program = [...asUser, file, ...args];
  return {
    ...command,
    file: '/usr/bin/unshare',
    args: ['--mount', '--propagation', 'private', ...mounted, ...program],
  };
}

/** Why there can be no small disk here: it takes root on Linux, with `unshare`; undefined where there can. */
export async function smallDiskMissing(): Promise<string | undefined> {
  const probe = ['--mount', '--propagation', 'private', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
  try {
    await promisify(execFile)('/usr/bin/unshare', probe, { timeout: 10_000 });
    return undefined;
  } catch {
    return 'a small disk is unavailable: it takes Linux, root and the right to mount; run the faults there';
  }
}
