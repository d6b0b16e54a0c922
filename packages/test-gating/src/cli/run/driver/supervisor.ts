import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { LOOPBACK_UP } from '../../../guard/loopback-up.js';
import {
  detectNetworkNamespace,
  NAMESPACE_VARIABLE,
  namespaceIdentity,
} from '../../../guard/network-namespace.js';

/** Shorter than the grace of the command itself, which kills whatever is left. */
const GRACE_MS = 4_000;
/** Makes the output of Vitest and Nx arrive in a sandbox that denies `getsockname`. */
const STDIO = fileURLToPath(import.meta.resolve('@drydock/network-guard/stdio'));

/**
 * Stands between the command and Vitest or Nx, as the leader of their process group: when the command is told to end, or
 * is gone, everything in the group ends. In a new network namespace it first brings the loopback interface up, so that
 * servers of a test work where they are allowed.
 */
const [mode, ...args] = process.argv.slice(2);
if (mode === 'isolated') spawnSync('sh', ['-c', LOOPBACK_UP], { stdio: 'ignore' });
// What listens in a namespace later is the run's own.
const isEmpty = mode === 'isolated' || detectNetworkNamespace() !== undefined;
const env = { ...process.env, ...(isEmpty && { [NAMESPACE_VARIABLE]: namespaceIdentity() }) };
const child = spawn(process.execPath, ['--require', STDIO, ...args], { env, stdio: 'inherit' });
let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
process.on('disconnect', () => end('SIGTERM'));
child.once('error', () => process.exit(1));
child.once('close', (code, signal) => {
  if (isEnding) killGroup();
  process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
});

function end(signal: NodeJS.Signals): void {
  if (!isEnding) setTimeout(killGroup, GRACE_MS);
  isEnding = true;
  child.kill(signal);
}

/** A worker in an endless loop hears no signal but this one. */
function killGroup(): void {
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-process.pid, 'SIGKILL');
}
