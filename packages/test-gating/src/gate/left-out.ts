import { readFileSync } from 'node:fs';
import type { RunnerTestFile } from 'vitest';
import type { TestNote } from './policy.js';

/** What Vitest narrows a run by, beside the gate. */
export interface Filters {
  readonly testNamePattern?: RegExp | undefined;
  readonly tagsFilter?: readonly string[] | undefined;
}

const ONLY = /\.only\b|\bonly:/;

interface WorkerState {
  readonly ctx?: { readonly files?: readonly { filepath: string; testLocations?: readonly number[] }[] };
}

/** Tells for each test of a file that Vitest has skipped why it will not run: a filter of the run, or else its author. */
export function leftOutIn(
  file: RunnerTestFile,
  { testNamePattern, tagsFilter }: Filters,
): (names: readonly string[], mode: string) => Pick<TestNote, 'fate' | 'reason'> {
  // The same for all tests of the file, whose text is read only where one was skipped.
  let others: Pick<TestNote, 'fate' | 'reason'> | undefined;
  return (names, mode) => {
    if (mode === 'todo') return {};
    // Vitest matches names joined with spaces.
    if (testNamePattern && !testNamePattern.test(names.join(' '))) return DESELECTED;
    others ??= ofWholeFile(file.filepath, tagsFilter);
    return others;
  };
}

function ofWholeFile(
  path: string,
  tagsFilter: Filters['tagsFilter'] = [],
): Pick<TestNote, 'fate' | 'reason'> {
  const { ctx } = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__ ?? {};
  const locations = ctx?.files?.find(({ filepath }) => filepath === path)?.testLocations;
  if (locations?.length) return DESELECTED;
  if (tagsFilter.length > 0) return { reason: 'skipped by its author or by --tags-filter' };
  return ONLY.test(readFileSync(path, 'utf8'))
    ? { reason: 'skipped by its author or by .only in its file' }
    : {};
}

const DESELECTED = { fate: 'deselected', reason: 'not selected' } as const;
