import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry } from '@drydock/workspace';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Ledger } from '../ledger/schema.js';
import { failureOfClass, ledgerWith } from '../testing/ledger.fixture.js';
import { type ReportFlags, report } from './report.js';

let root: string;
let printed: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'drydock-report-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function merged(ledgers: readonly (Ledger | string)[], flags: ReportFlags = {}): Promise<number> {
  const merge = ledgers.map((ledger, index) => {
    const name = `shard-${index}.json`;
    writeFileSync(join(root, name), typeof ledger === 'string' ? ledger : JSON.stringify(ledger));
    return name;
  });
  return report({ merge, ...flags }, root, root, createRegistry());
}

function shard(index: number, count: number): Ledger {
  return ledgerWith([{ id: `${index}` }], { shard: { index, count } });
}

const passed = ledgerWith([{ id: 'a.test.ts::adds', markers: ['integration'] }], {
  granted: ['integration'],
});
const broken = ledgerWith([{ status: 'failed', failure: failureOfClass('mechanism') }]);
const gated = ledgerWith([{ status: 'gated' }]);

it.each([
  ['passes', [passed, gated], {}, 0, ''],
  ['has a defect', [passed, broken], {}, 1, '1 failure that may be a defect'],
  ['ran nothing', [gated], {}, 3, 'No test ran (1 gated)'],
  ['was cut short', [passed, { ...passed, cutShort: 'SIGTERM' }], {}, 3, 'cut short by SIGTERM'],
  ['lacks a shard', [passed], { shards: '2' }, 3, '--shards 2: 1 ledger was given.'],
  ['has every shard', [passed, gated], { shards: '2' }, 0, ''],
  ['has one shard twice', [passed, passed], { shards: '2' }, 3, '--shards 2: 1 ledger was given.'],
  ['names the same run twice', [passed, passed], {}, 0, 'shard-1.json is the same run as shard-0.json'],
  [
    'has a test in two runs',
    [passed, { ...passed, durationMs: 2 }],
    {},
    0,
    '1 test ran in more than one of these runs',
  ],
  ['lacks a shard that the others know of', [shard(1, 3), shard(3, 3)], {}, 3, 'Shard 2 of 3 is missing.'],
  ['has the shards that the ledgers know of', [shard(1, 2), shard(2, 2)], {}, 0, ''],
  [
    'lacks what is required',
    [gated],
    { require: ['integration'] },
    3,
    '--require integration: none of its tests ran',
  ],
  ['has what is required', [passed], { require: ['integration'] }, 0, ''],
] as const)('a merged run that %s ends with the code of a verdict', async (_, ledgers, flags, code, text) => {
  expect(await merged(ledgers, flags)).toBe(code);
  expect(printed).toContain(text);
});

it('a pass on a retry fails the report where that is asked for, of merged runs and of the last one', async () => {
  const flaky = ledgerWith([{ flaky: true, attempts: 2 }]);
  expect(await merged([flaky])).toBe(0);
  expect(await merged([flaky], { failOnFlaky: true })).toBe(1);
  expect(printed).toContain('--fail-on-flaky: 1 test passed only at a later attempt.');
  expect(await report({ failOnFlaky: true }, root, root, createRegistry())).toBe(1);
});

it.each([
  '',
  '{',
  '[]',
  '{"schemaVersion":1}',
  '{"schemaVersion":1,"tests":[]}',
  JSON.stringify({ ...passed, guard: null }),
  JSON.stringify({ ...passed, scope: undefined }),
])('a file that holds %j is not a ledger', async (text) => {
  await expect(merged([text])).rejects.toThrow(/is not a ledger of version 1\. Run the tests again/);
});

it('the merged ledger is written', async () => {
  await merged([passed, broken]);
  const ledger = JSON.parse(readFileSync(join(root, '.drydock/ledger.json'), 'utf8')) as Ledger;
  expect(ledger.totals).toMatchObject({ passed: 1, failed: 1 });
});

it.each([{ shards: '0' }, { shards: 'two' }])('%j is wrong usage', async (flags) => {
  await expect(merged([passed], flags)).rejects.toThrow('write the number of shards');
});

it('the flags of a verdict need --merge', async () => {
  await expect(report({ shards: '2' }, root, root, createRegistry())).rejects.toThrow('add --merge');
});
