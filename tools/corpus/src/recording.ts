import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainRun } from './law.js';

/** File that keeps what plain Vitest of a version did. */
export const RECORDED = (version: string): string =>
  join(import.meta.dirname, `../recorded/vitest-${version}.json`);

/** What plain Vitest of a version did, by project; empty where nothing is recorded. */
export function recordingOf(version: string): Record<string, PlainRun> {
  const path = RECORDED(version);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, PlainRun>) : {};
}
