import { readFileSync } from 'node:fs';
import { markersOfFileName, mayCarryTag, mentionsMarker, moduleTags } from '@drydock/workspace';
import { fileDecision, unavailableFor } from './apply.js';
import type { GatePolicy, Unavailable } from './policy.js';

/** The gate's decision for a test file before a worker imports it. */
export class FileGate {
  readonly #policy: GatePolicy;
  readonly #unavailable: readonly Unavailable[];
  /** Source texts by path, which every suite of a file needs. */
  readonly #sources = new Map<string, string>();

  constructor(policy: GatePolicy, unavailable: readonly Unavailable[]) {
    this.#policy = policy;
    this.#unavailable = unavailable;
  }

  /** Markers and other tags that the file's name and its module tags give to all of its tests. */
  tagsOf(path: string): string[] {
    return [...markersOfFileName(path, this.#policy.registry), ...moduleTags(this.#source(path))];
  }

  /** Whether no test of the file can run, so that the file must not be imported. */
  runsNothing(path: string): boolean {
    const tags = moduleTags(this.#source(path));
    if (fileDecision(path, tags, this.#policy).kind === 'gated' || this.isOutsideLevel(path)) return true;
    return this.#everyTestLacksItsService(path);
  }

  /** True only where the file's name or module tags settle it for every test; otherwise the tags of each test decide. */
  #everyTestLacksItsService(path: string): boolean {
    const { needs = [], registry } = this.#policy;
    const own = this.tagsOf(path);
    const markers = registry.markers.filter(({ name }) => own.includes(name));
    if (unavailableFor(markers, own, this.#policy, this.#unavailable) === undefined) return false;
    const isOneAlone = needs.length === 1 || needs.some((name) => own.includes(name));
    return isOneAlone || needs.every((name) => this.#unavailable.some(({ backend }) => backend === name));
  }

  /** Whether the level leaves unmarked tests out and the file has no others. */
  isOutsideLevel(path: string): boolean {
    const { grants, registry } = this.#policy;
    if (grants.only !== undefined && !mayCarryTag(path, this.#source(path), grants.only)) return true;
    if (grants.unmarked || this.#carriesMarker(path)) return false;
    return !mentionsMarker(this.#source(path), registry);
  }

  #source(path: string): string {
    const source = this.#sources.get(path) ?? readFileSync(path, 'utf8');
    this.#sources.set(path, source);
    return source;
  }

  #carriesMarker(path: string): boolean {
    const tags = this.tagsOf(path);
    return this.#policy.registry.markers.some(({ name }) => tags.includes(name));
  }
}
