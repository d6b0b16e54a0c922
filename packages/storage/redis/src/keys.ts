import calculateSlot from 'cluster-key-slot';

/** Names of keys under one prefix; ids and groups are never parsed back out of them. */
export class Keys {
  readonly #records: string;
  readonly #groups: string;

  constructor(prefix: string) {
    this.#records = `${prefix}:r:`;
    this.#groups = `${prefix}:g:`;
  }

  /** Where a record's JSON is. */
  record(id: string): string {
    return this.#records + id;
  }

  /** Where a group's sorted set of ids is. */
  group(name: string): string {
    return this.#groups + name;
  }
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
