import type { BlockedCall, ErrorFacts } from '../classify/facts.js';
import type { TextCleaner } from './clean-text.js';
import type { Report, ReportedFailure } from './report.js';

/** Parts of a ledger that are read. */
export interface LedgerFile {
  readonly schemaVersion: number;
  readonly startedAt?: string;
  readonly durationMs?: number;
  readonly guard?: { readonly blocked?: readonly (BlockedCall & { readonly test?: string })[] };
  readonly tests: readonly LedgerEntry[];
}

interface LedgerEntry {
  readonly id: string;
  readonly file?: string;
  readonly name?: string;
  readonly status: string;
  readonly backend?: string;
  readonly failure?: ReportedFailure['verdict'] & { readonly errors?: readonly ErrorFacts[] };
}

/** Reads the failures out of a ledger: it keeps every cause, so its evidence is complete. */
export function readLedgerFile(name: string, ledger: LedgerFile, clean: TextCleaner): Report {
  const start = Date.parse(ledger.startedAt ?? '');
  return {
    name,
    format: 'ledger',
    tests: ledger.tests.map(({ id }) => clean.name(String(id))),
    failures: ledger.tests
      .filter(({ status }) => status === 'failed')
      .map((entry) => failureOf(entry, ledger, clean)),
    ...(!Number.isNaN(start) && { endedAt: start + (ledger.durationMs ?? 0) }),
  };
}

function failureOf(entry: LedgerEntry, { guard }: LedgerFile, clean: TextCleaner): ReportedFailure {
  const { id, file, name, backend, failure } = entry;
  const blocked = (guard?.blocked ?? []).filter(({ test }) => test === id);
  return {
    id: clean.name(String(id)),
    complete: true,
    errors: failure?.errors ?? [],
    ...(file !== undefined && { file }),
    ...(name !== undefined && { test: name }),
    ...(backend !== undefined && { origin: backend }),
    ...(blocked.length > 0 && { findings: { blocked } }),
    ...(failure && (failure.errors ?? []).length === 0 && { verdict: failure }),
  };
}
