import type { Ledger, LedgerTest, TestStatus } from '../../ledger/schema.js';
import { kindOf } from '../outcome.js';
import { manyLines, oneLine } from '../printable.js';

const STATUS: Readonly<Record<TestStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  gated: 'skipped',
  skipped: 'skipped',
  unavailable: 'skipped',
};

/** Report of a run in the Common Test Report Format (ctrf.io, version 0.0.0). */
export function ctrf(ledger: Ledger): string {
  const start = Date.parse(ledger.startedAt);
  const { passed, failed, gated, skipped, unavailable } = ledger.totals;
  return JSON.stringify({
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'drydock' },
      summary: {
        tests: ledger.tests.length,
        passed,
        failed,
        skipped: gated + skipped + unavailable,
        pending: 0,
        other: 0,
        start,
        stop: start + Math.round(ledger.durationMs),
      },
      tests: ledger.tests.map(test),
      extra: { level: ledger.level, granted: ledger.granted, scope: ledger.scope, services: ledger.services },
    },
  });
}

function test({ attempts, flaky, ...test }: LedgerTest) {
  const { name, status, durationMs, file, project, markers, failure, reason, backend } = test;
  return {
    name: oneLine(name),
    status: STATUS[status],
    duration: durationMs,
    suite: [oneLine(project), oneLine(file)],
    filePath: oneLine(file),
    rawStatus: status,
    ...(attempts && { retries: attempts - 1 }),
    ...(flaky && { flaky }),
    tags: [...markers, ...(failure ? [failure.class] : [])],
    ...(failure && {
      message: oneLine(`${kindOf(failure)}: ${failure.evidence}`),
      trace: manyLines(failure.detail ?? ''),
    }),
    extra: {
      ...(backend && { backend }),
      ...(reason && { reason: oneLine(reason) }),
      ...(failure && {
        class: failure.class,
        subclass: failure.subclass ?? null,
        code: failure.code,
        remedy: oneLine(failure.remedy),
      }),
    },
  };
}
