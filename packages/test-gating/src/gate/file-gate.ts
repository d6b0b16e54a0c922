import { readFileSync } from 'node:fs';
import { markersOfFileName, mentionsMarker, moduleTags } from '../markers/file-markers.js';
import { fileDecision } from './apply.js';
import type { GatePolicy } from './policy.js';

/** What a worker knows of a test file before it is imported. */
export class FileGate {
  readonly #policy: GatePolicy;
  readonly #someServiceIsAbsent: boolean;

  constructor(policy: GatePolicy, someServiceIsAbsent: boolean) {
    this.#policy = policy;
    this.#someServiceIsAbsent = someServiceIsAbsent;
  }

  /** Markers that the file's name and its module tags give to all of its tests. */
  markersOf(path: string): string[] {
    const { registry } = this.#policy;
    const known = registry.markers.map(({ name }) => name);
    return [
      ...markersOfFileName(path, registry),
      ...moduleTags(readFileSync(path, 'utf8')).filter((tag) => known.includes(tag)),
    ];
  }

  /** Whether no test of the file can run, so that the file must not be imported. */
  runsNothing(path: string): boolean {
    const tags = moduleTags(readFileSync(path, 'utf8'));
    if (fileDecision(path, tags, this.#policy).kind === 'gated' || this.isOutsideLevel(path)) return true;
    return this.#someServiceIsAbsent && this.markersOf(path).length > 0;
  }

  /** Whether the level leaves unmarked tests out and the file has no others. */
  isOutsideLevel(path: string): boolean {
    const { grants, registry } = this.#policy;
    if (grants.unmarked || this.markersOf(path).length > 0) return false;
    return !mentionsMarker(readFileSync(path, 'utf8'), registry);
  }
}
