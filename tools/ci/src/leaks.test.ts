import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leaks } from './leaks.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leaks-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('names the files that hold a planted payload or secret, however deep', () => {
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  writeFileSync(join(folder, 'clean.json'), '{"name":"shows no canary"}');
  writeFileSync(join(folder, 'a', 'b', 'ledger.json'), '{"evidence":"canary-payload-6e1fd0 x"}');
  writeFileSync(join(folder, 'a', 'report.html'), 'redis://:canary-secret-c93b27-server@127.0.0.1');
  expect(leaks(folder).sort()).toEqual([
    join(folder, 'a', 'b', 'ledger.json'),
    join(folder, 'a', 'report.html'),
  ]);
});
