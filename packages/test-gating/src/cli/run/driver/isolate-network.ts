import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isSocketRule } from '../../../endpoints/address.js';
import { scopeOf } from '../../../gate/grants.js';
import { LOOPBACK_UP } from '../../../guard/loopback-up.js';
import type { RunRequest } from '../../request/run-request.js';

/** Command that runs Node, possibly in an empty network namespace. */
export interface NodeCommand {
  readonly file: string;
  readonly args: readonly string[];
}

const SUPERVISOR = fileURLToPath(new URL('./supervisor.js', import.meta.url));
const TRY_TIMEOUT_MS = 2_000;

/** Command for Node with these arguments; in an empty network namespace where the run may reach nothing and `unshare` works. */
export function isolatedCommand(args: readonly string[], request: RunRequest): NodeCommand {
  const { grants, registry, allowHost, workspaceRoot, vitestArgs } = request;
  const mayReachNothing = scopeOf(grants.granted, registry) === 'none' && allowHost.every(isSocketRule);
  // Nobody could reach a debugger's port in a namespace.
  const isDebugged = vitestArgs.some((arg) => /^--inspect(?:-brk)?(?:=|$)/.test(arg));
  const flags = mayReachNothing && !isDebugged ? namespaceFlags(workspaceRoot) : undefined;
  if (flags === undefined) return { file: process.execPath, args: [SUPERVISOR, 'plain', ...args] };
  return { file: 'unshare', args: [...flags, process.execPath, SUPERVISOR, 'isolated', ...args] };
}

/** Flags with which `unshare` works here, also inside a namespace; undefined where it does not. */
function namespaceFlags(folder: string): readonly string[] | undefined {
  if (process.platform !== 'linux' || process.env.DRYDOCK_NO_WALL === '1') return undefined;
  // A user namespace maps one user, so that a folder of another user would be out of reach in it.
  const isOwner = statSync(folder).uid === process.getuid?.();
  const candidates = [['--net'], ...(isOwner ? [['--map-root-user', '--net']] : [])];
  return candidates.find(
    (flags) =>
      spawnSync('unshare', [...flags, 'sh', '-c', LOOPBACK_UP], { stdio: 'ignore', timeout: TRY_TIMEOUT_MS })
        .status === 0,
  );
}
