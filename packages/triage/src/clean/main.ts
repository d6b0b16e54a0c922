import { readFileSync, writeSync } from 'node:fs';
import { checkTarget } from '../preflight/check-target.js';
import { observe } from '../sandbox/observe.js';
import type { CleanLine, CleanRequest } from './protocol.js';

/** The program of the clean process: does all of a request at once and tells each thing as it learns it. */
const request = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as CleanRequest;

await Promise.all([
  ...(request.observe
    ? [observe().then((observations) => tell({ kind: 'observations', observations }))]
    : []),
  ...request.targets.map((target, index) =>
    checkTarget(target, {
      stepMs: request.stepMs,
      tell: (finding) => tell({ kind: 'finding', target: index, finding }),
    }).then(() => tell({ kind: 'done', target: index })),
  ),
]);
// Drivers may have left something open; all that was asked is told.
process.exit(0);

function tell(line: CleanLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
