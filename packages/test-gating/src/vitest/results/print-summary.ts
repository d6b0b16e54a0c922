import type { Registry } from '@drydock/workspace';
import type { Vitest } from 'vitest/node';
import type { Ledger } from '../../ledger/schema.js';
import { formatFailures } from '../../report/failures.js';
import { presentable } from '../../report/presentable.js';
import { formatSummary } from '../../report/summary.js';
import { widthOf } from '../../report/wrapped.js';
import { hasMachineOutput } from './machine-output.js';
import { unhashedLines } from './unhashed-reads.js';

/** Standard error where a machine-readable reporter writes to standard output. */
export function outputOf(vitest: Vitest | undefined): NodeJS.WriteStream {
  return vitest && hasMachineOutput(vitest) ? process.stderr : process.stdout;
}

/** Prints the summary of a run, below the failures that Vitest's own reporter has printed; `last` stands at its end. */
export function printSummary(
  ledger: Ledger,
  registry: Registry,
  stream: NodeJS.WriteStream,
  last: readonly (string | undefined)[],
): void {
  const width = widthOf(stream);
  const shown = presentable(ledger);
  const parts = [
    [formatSummary(shown, registry, { width })],
    unhashedLines(shown.unhashed ?? []),
    formatFailures(shown, { width, detail: false }),
    ...last.map((line) => (line === undefined ? [] : [` ${line}`])),
  ];
  stream.write(`${parts.flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines])).join('\n')}\n`);
}
