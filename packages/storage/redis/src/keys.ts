import calculateSlot from 'cluster-key-slot';

/** Names of keys under one prefix; ids and groups are never parsed back out of them. */
export class Keys {
  readonly #records: string;
  readonly #groups: string;

  constructor(prefix: string) {
    const own = prefixFree(prefix);
    this.#records = `${own}:r:`;
    this.#groups = `${own}:g:`;
  }

  /** Where a record's JSON is. */
  record(id: string): string {
    return this.#records + id;
  }

  /** Where it is noted when names of groups end: under the one name that no group has. */
  get ends(): string {
    return this.#groups;
  }

  /** Where a group's sorted set of ids is. */
  group(name: string): string {
    return this.#groups + name;
  }
}

/**
 * The prefix such that no key of it is one of another prefix.
 *
 * With `app` and `app:r`, the record `r:1` of the one would be the record `1` of the other: a part `r` or `g` after the
 * first colon gets a percent sign, and one that has such signs already one more.
 */
export function prefixFree(prefix: string): string {
  return prefix.replace(/:(%*[rg])(?=:|$)/g, ':%$1');
}

/** Keys that may stand in one command: all of them on one server, those of one slot on a Cluster. */
export function partition(
  ids: readonly string[],
  keyOf: (id: string) => string,
  isCluster: boolean,
): string[][] {
  if (!isCluster) return [[...ids]];
  const slots = new Map<number, string[]>();
  for (const id of ids) {
    const slot = calculateSlot(keyOf(id));
    const sharing = slots.get(slot);
    if (sharing) sharing.push(id);
    else slots.set(slot, [id]);
  }
  return [...slots.values()];
}
