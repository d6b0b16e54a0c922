import type { Registry } from '@drydock/workspace';
import type { Vitest } from 'vitest/node';
import type { Ledger } from '../../ledger/schema.js';
import { formatFailures } from '../../report/failures.js';
import { presentable } from '../../report/presentable.js';
import { formatSummary } from '../../report/summary.js';
import { widthOf } from '../../report/wrapped.js';
import { unhashedLines } from './unhashed-reads.js';

/** Reporters whose text on standard output is for programs. */
export const MACHINE_REPORTERS: ReadonlySet<string> = new Set(['json', 'junit', 'tap', 'tap-flat']);

/** Standard error where a machine-readable reporter writes to standard output. */
export function outputOf(vitest: Vitest | undefined): NodeJS.WriteStream {
  const names = (vitest?.config.reporters ?? []).map((reporter) =>
    String(Array.isArray(reporter) ? reporter[0] : ''),
  );
  return names.some((name) => MACHINE_REPORTERS.has(name)) ? process.stderr : process.stdout;
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
