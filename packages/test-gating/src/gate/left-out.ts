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

/** Why a test that Vitest has skipped will not run: a filter of the run, or else its author. */
export function leftOutBy(
  file: RunnerTestFile,
  names: readonly string[],
  mode: string,
  { testNamePattern, tagsFilter = [] }: Filters,
): Pick<TestNote, 'fate' | 'reason'> {
  if (mode === 'todo') return {};
  // Vitest matches names joined with spaces.
  if (testNamePattern && !testNamePattern.test(names.join(' '))) return DESELECTED;
  const { ctx } = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__ ?? {};
  const locations = ctx?.files?.find(({ filepath }) => filepath === file.filepath)?.testLocations;
  if (locations?.length) return DESELECTED;
  if (tagsFilter.length > 0) return { reason: 'skipped by its author or by --tags-filter' };
  return ONLY.test(readFileSync(file.filepath, 'utf8'))
    ? { reason: 'skipped by its author or by .only in its file' }
    : {};
}

const DESELECTED = { fate: 'deselected', reason: 'not selected' } as const;
