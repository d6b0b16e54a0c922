import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { checkTarget } from '../preflight/check-target.js';
import { within } from '../preflight/steps/within.js';
import { observe } from '../sandbox/observe.js';
import type { CleanLine, CleanRequest } from './protocol.js';

/** Program of the clean process: does all of a request at once and writes each result as soon as it is known. */
const request = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as CleanRequest;

await loadDrivers();
await Promise.all([
  ...(request.observe
    ? [observe().then((observations) => writeLine({ kind: 'observations', observations }))]
    : []),
  ...request.targets.map((target, index) =>
    checkTarget(target, {
      stepMs: request.stepMs,
      loginMs: request.loginMs,
      onFinding: (finding) => writeLine({ kind: 'finding', target: index, finding }),
    }).then(() => writeLine({ kind: 'done', target: index })),
  ),
]);
// Every result is written. An orderly exit would wait for name lookups that nobody answers.
process.kill(process.pid, 'SIGKILL');

/** Before anything is measured: loading a driver keeps the process busy, and would count as a server's latency. */
async function loadDrivers(): Promise<void> {
  const modules = request.targets.flatMap(({ login }) => (login?.kind === 'module' ? [login.module] : []));
  const loading = Promise.allSettled(modules.map((module) => import(pathToFileURL(module).href)));
  await within(request.stepMs, loading).catch(() => {
    // The step `login` reports it.
  });
}

function writeLine(line: CleanLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
