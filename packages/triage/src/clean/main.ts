import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { checkTarget } from '../preflight/check-target.js';
import { within } from '../preflight/steps/within.js';
import { observe } from '../sandbox/observe.js';
import type { CleanLine, CleanRequest } from './protocol.js';

/** The program of the clean process: does all of a request at once and tells each thing as it learns it. */
const request = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as CleanRequest;

await loadDrivers();
await Promise.all([
  ...(request.observe
    ? [observe().then((observations) => tell({ kind: 'observations', observations }))]
    : []),
  ...request.targets.map((target, index) =>
    checkTarget(target, {
      stepMs: request.stepMs,
      loginMs: request.loginMs,
      tell: (finding) => tell({ kind: 'finding', target: index, finding }),
    }).then(() => tell({ kind: 'done', target: index })),
  ),
]);
// All that was asked is told. An orderly exit would wait for lookups of names that nobody answers.
process.kill(process.pid, 'SIGKILL');

/** Before anything is measured: loading a driver keeps the process busy, and would count as a server's latency. */
async function loadDrivers(): Promise<void> {
  const modules = request.targets.flatMap(({ login }) => (login?.kind === 'module' ? [login.module] : []));
  const loading = Promise.allSettled(modules.map((module) => import(pathToFileURL(module).href)));
  await within(request.stepMs, loading).catch(() => {
    // Whoever waits for it later has a step of its own for that.
  });
}

function tell(line: CleanLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
