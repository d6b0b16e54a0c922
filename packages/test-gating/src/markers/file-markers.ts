import { basename } from 'node:path';
import { UsageError } from '../usage-error.js';
import { nearest } from './nearest.js';
import type { Registry } from './registry.js';

const TEST_FILE = /^(?<stem>.+)\.(?:test|spec)\.[cm]?[jt]sx?$/;
const MODULE_TAG = /@module-tag\s+([^\s*]+)/g;

/**
 * Markers that a test file's name carries: `redis.integration.test.ts` carries `integration`.
 *
 * @throws UsageError when a part of the name is one or two letters away from a marker.
 */
export function markersOfFileName(path: string, registry: Registry): string[] {
  const names = registry.markers.map((marker) => marker.name);
  return partsOfName(path).filter((part) => {
    if (names.includes(part)) return true;
    const guess = nearest(part, names);
    // Short words are too near to everything: `show` is not a misspelt `slow`.
    if (guess !== undefined && part.length > 5) {
      throw new UsageError(
        `${path}: unknown marker '${part}' in the file's name. Did you mean '${guess}'? Rename the file, or register '${part}' in drydock({ markers }).`,
      );
    }
    return false;
  });
}

/** Tags that the file's leading comments apply to all of its tests (`@module-tag integration`). */
export function moduleTags(source: string): string[] {
  const comments = /^(?:\s*(?:\/\*[\s\S]*?\*\/|\/\/[^\n]*))*/.exec(source)?.[0] ?? '';
  return [...comments.matchAll(MODULE_TAG)].map((match) => match[1] as string);
}

/** Whether a file's text names one of the markers as a string, so that some of its tests may carry it. */
export function mentionsMarker(source: string, registry: Registry): boolean {
  return registry.markers.some(({ name }) => new RegExp(`['"\`]${name}['"\`]|@module-tag`).test(source));
}

function partsOfName(path: string): string[] {
  const name = basename(path);
  const stem = TEST_FILE.exec(name)?.groups?.stem ?? name.replace(/\.[cm]?[jt]sx?$/, '');
  return stem.split('.').slice(1);
}
