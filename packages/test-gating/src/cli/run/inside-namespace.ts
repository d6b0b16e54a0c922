import { spawn, spawnSync } from 'node:child_process';

/**
 * First program inside a new network namespace: brings its loopback interface up, so that servers of a test work where
 * they are allowed, then runs Node with its own arguments and ends with the exit code of Node.
 */
spawnSync('ip', ['link', 'set', 'lo', 'up'], { stdio: 'ignore' });
const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.once('error', () => process.exit(1));
child.once('close', (code) => process.exit(code ?? 1));
