import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgressEvent } from '@drydock/services';
import { afterEach, expect, test, vi } from 'vitest';
import { followProgress, noteProgress } from './progress-file.js';
import { ProgressLine } from './progress-line.js';
import { RunProgress } from './run-progress.js';

afterEach(() => vi.useRealTimers());

test('one line says how far a run is, what starts and for how long', () => {
  const progress = new RunProgress('project', 0);
  expect(progress.describe(900)).toBe('0 projects · 1 s');
  progress.total = 23;
  for (let index = 0; index < 12; index += 1) progress.add(284, index === 3 ? 2 : 0);
  expect(progress.server({ backend: 'neo4j', phase: 'starting', text: 'starting Neo4j 5.26' }, 58_000)).toBe(
    'neo4j: starting Neo4j 5.26',
  );
  expect(progress.server({ backend: 'neo4j', phase: 'starting', text: 'again' }, 60_000)).toBeUndefined();
  expect(progress.describe(65_000)).toBe(
    '12/23 projects · 3,408 tests · 2 failed · starting neo4j 7 s · 1 m 5 s',
  );
  expect(progress.server({ backend: 'neo4j', phase: 'done', text: '' }, 66_000)).toBe(
    'neo4j: ready after 8 s',
  );
  expect(progress.describe(66_000)).not.toContain('neo4j');
});

function streamOf(isTTY: boolean) {
  const written: string[] = [];
  const write = (part: string) => written.push(part) > 0;
  return { written, stream: { isTTY, columns: 40, write } as unknown as NodeJS.WriteStream };
}

test('a log gets dated lines, at times also where nothing happens', () => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T10:20:30Z') });
  const { written, stream } = streamOf(false);
  const line = new ProgressLine(() => '1/2 files', stream);
  line.say('✖ a.test.ts');
  vi.advanceTimersByTime(60_000);
  line.end();
  vi.advanceTimersByTime(60_000);
  expect(written).toEqual(['10:20:30  ✖ a.test.ts\n', '10:21:30  1/2 files\n']);
});

test('a terminal has one line, which makes room for others and is gone at the end', () => {
  vi.useFakeTimers();
  const { written, stream } = streamOf(true);
  const line = new ProgressLine(() => `1/2 files ${'x'.repeat(60)}`, stream);
  const all = () => written.join('');
  expect(all()).toContain(' 1/2 files');
  expect(
    Math.max(
      ...all()
        .split('\n')
        .map((each) => each.length),
    ),
  ).toBeLessThan(60);
  line.around(() => stream.write('printed by a test\n'));
  const before = all();
  expect(before.indexOf('printed by a test')).toBeLessThan(before.lastIndexOf('1/2 files'));
  line.end();
  const cleared = all().slice(before.length);
  expect(cleared).toContain('\u001b[');
  expect(cleared).not.toContain('files');
  vi.advanceTimersByTime(5_000);
  expect(all()).toBe(before + cleared);
});

test('a run hears what the servers of its tasks do', () => {
  vi.useFakeTimers();
  const folder = mkdtempSync(join(tmpdir(), 'drydock-progress-'));
  const path = join(folder, 'progress.jsonl');
  const heard: ProgressEvent[] = [];
  const stop = followProgress(path, (event) => heard.push(event));
  vi.advanceTimersByTime(400);
  const event = { backend: 'redis', phase: 'starting', text: 'starting' } as const;
  noteProgress(path, event);
  appendFileSync(path, '{"backend":"neo4j",');
  vi.advanceTimersByTime(400);
  expect(heard).toEqual([event]);
  appendFileSync(path, '"phase":"done","text":""}\n');
  vi.advanceTimersByTime(400);
  stop();
  rmSync(folder, { recursive: true });
  expect(heard).toEqual([event, { backend: 'neo4j', phase: 'done', text: '' }]);
});
