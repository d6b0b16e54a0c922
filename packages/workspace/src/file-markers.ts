import { basename } from 'node:path';
import { misspelt } from './nearest.js';
import type { Registry } from './registry.js';
import { TEST_FILE } from './test-files.js';
import { UsageError } from './usage-error.js';

/** Tags that are not written out where they are given: `{ tags }`, `tags: [TAGS.db]`, `tags: ['slow', ...more]`. */
const TAGS_FROM_ELSEWHERE = /\btags\s*(?:[,}]|:\s*(?:\[(?:\s*(['"`])[^'"`]*\1\s*,?)*\s*)?[\w$.])/;
const MODULE_TAG = /(?:\/\/|\*)\s*@module-tag\s+([\w\-/]+)\b/g;

/** Markers that a test file's name carries: `redis.integration.test.ts` carries `integration`. */
export function markersOfFileName(path: string, registry: Registry): string[] {
  const names = registry.markers.map((marker) => marker.name);
  return partsOfName(path).filter((part) => names.includes(part));
}

/**
 * Checks a test file's name for a misspelt marker, which would let its tests run ungated.
 *
 * @throws UsageError when a part of the name is one or two letters away from a marker.
 */
export function checkFileName(path: string, registry: Registry): void {
  const names = registry.markers.map((marker) => marker.name);
  for (const part of partsOfName(path)) {
    const guess = misspelt(part, names);
    if (guess === undefined) continue;
    throw new UsageError(
      `${path}: unknown marker '${part}' in the file's name. Did you mean '${guess}'? Rename the file, or register '${part}' in drydock({ markers }).`,
    );
  }
}

/** Tags that comments of the file apply to all of its tests (`@module-tag integration`), found as Vitest finds them. */
export function moduleTags(source: string): string[] {
  return [...source.matchAll(MODULE_TAG)].map((match) => match[1] as string);
}

/** Whether a file's text names one of the markers as a string, or has tags that other files name. */
export function mentionsMarker(source: string, registry: Registry): boolean {
  return registry.markers.some(({ name }) => mentionsTag(source, name));
}

/** Whether a file's name or text names a tag, so that some of its tests may carry it. */
export function mayCarryTag(path: string, source: string, tag: string): boolean {
  return partsOfName(path).includes(tag) || mentionsTag(source, tag);
}

/** Whether a file's text names a tag, as a string or for the whole module. */
export function namesTag(source: string, tag: string): boolean {
  return (
    ['"', "'", '`'].some((quote) => source.includes(`${quote}${tag}${quote}`)) ||
    moduleTags(source).includes(tag)
  );
}

/** Whether tags may come from where a file's text does not say: a first look, which a word in passing can deceive. */
export function mayTakeTags(source: string): boolean {
  return TAGS_FROM_ELSEWHERE.test(source);
}

function mentionsTag(source: string, tag: string): boolean {
  return namesTag(source, tag) || mayTakeTags(source);
}

/** The parts of a test file's name that may be markers or tags. */
export function partsOfName(path: string): string[] {
  const name = basename(path);
  const stem = name.replace(TEST_FILE.test(name) ? TEST_FILE : /\.[cm]?[jt]sx?$/, '');
  return stem.split('.').slice(1);
}
