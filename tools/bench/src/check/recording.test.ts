import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { differences, nodeMajor, readRecording, record } from './recording.js';

const COUNTS = { promises: 20, timers: 1, requests: 1, bytesSent: 200 };

function changed(change: Partial<typeof COUNTS>) {
  return { redis: { 'store, 1 at once': { ...COUNTS, ...change } } };
}

describe('counts and their recording', () => {
  it('agree where nothing but a little noise differs', () => {
    expect(differences(changed({}), changed({}))).toEqual([]);
    expect(differences(changed({}), changed({ promises: 20.4, bytesSent: 203 }))).toEqual([]);
  });

  it('disagree about each count that grew, and about one that shrank', () => {
    expect(differences(changed({}), changed({ promises: 22, requests: 1.02, timers: 0 }))).toEqual([
      'redis: store, 1 at once: promises 22 a call, recorded 20',
      'redis: store, 1 at once: timers 0 a call, recorded 1',
      'redis: store, 1 at once: requests 1.02 a call, recorded 1',
    ]);
  });

  it('disagree about what was never recorded', () => {
    expect(differences({}, changed({}))).toHaveLength(4);
  });

  it('are kept with a reason for each time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'drydock-counts-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'counts.json');
    writeFileSync(file, JSON.stringify({ reasons: ['the first'], node: '1', counts: {} }));
    record(changed({}), 'a retry more', file);
    expect(readRecording(file)).toEqual({
      reasons: ['the first', 'a retry more'],
      node: nodeMajor(),
      counts: changed({}),
    });
  });
});
