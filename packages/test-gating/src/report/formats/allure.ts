import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import { kindOf } from '../outcome.js';
import { manyLines, oneLine } from '../printable.js';

/** Categories by which Allure groups failures: whose fault they are. */
export const CATEGORIES = [
  { name: 'Environment', matchedStatuses: ['broken'], messageRegex: '(?s)environment / .*' },
  { name: 'Harness', matchedStatuses: ['broken'], messageRegex: '(?s)harness / .*' },
  { name: 'Defect', matchedStatuses: ['failed'], messageRegex: '(?s)defect / .*' },
  { name: 'Gated', matchedStatuses: ['skipped'], messageRegex: '(?s)gated.*' },
  { name: 'Flaky', matchedStatuses: ['passed'], flaky: true, messageRegex: '(?s).*' },
  { name: 'Unavailable', matchedStatuses: ['skipped'], messageRegex: '(?s)unavailable.*' },
] as const;

/** Writes a run into a folder in the format of Allure 2 and 3: a result for each test, and the categories. */
export function writeAllure(ledger: Ledger, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'categories.json'), JSON.stringify(CATEGORIES));
  for (const test of ledger.tests) {
    const result = allureResult(test, ledger);
    writeFileSync(join(folder, `${result.uuid}-result.json`), JSON.stringify(result));
  }
}

/** Result of one test for Allure; `historyId` is the same in every run. */
export function allureResult(test: LedgerTest, { startedAt, level }: Ledger) {
  const start = test.startMs ?? Date.parse(startedAt);
  return {
    uuid: randomUUID(),
    historyId: createHash('sha256').update(test.id).digest('hex').slice(0, 32),
    fullName: oneLine(test.id),
    name: oneLine(test.name),
    stage: 'finished',
    start,
    stop: start + test.durationMs,
    ...statusOf(test),
    labels: [
      { name: 'parentSuite', value: oneLine(test.project) },
      { name: 'suite', value: oneLine(test.file) },
      { name: 'layer', value: level },
      ...test.markers.map((marker) => ({ name: 'tag', value: oneLine(marker) })),
      ...(test.backend ? [{ name: 'feature', value: oneLine(test.backend) }] : []),
    ],
  };
}

function statusOf({ status, failure, reason, flaky }: LedgerTest) {
  if (status === 'passed')
    return flaky ? { status, statusDetails: { flaky, message: oneLine(reason ?? '') } } : { status };
  if (!failure)
    return { status: 'skipped', statusDetails: { message: oneLine(`${status}: ${reason ?? ''}`) } } as const;
  return {
    status: failure.class === 'mechanism' ? 'failed' : 'broken',
    statusDetails: {
      message: oneLine(`${kindOf(failure)}: ${failure.evidence}`, 1_000),
      trace: manyLines(`remedy: ${failure.remedy}\n\n${failure.detail ?? ''}`),
    },
  } as const;
}
