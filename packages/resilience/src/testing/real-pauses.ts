const realSetTimeout = globalThis.setTimeout;
const watching = new Set<RealPauses>();

/**
 * Sees the pauses of no length that others make on the real clock, so that a clock of virtual time can let them pass.
 *
 * The retry library makes one between two attempts. Only `setTimeout` itself tells that one began: a count of the
 * process's timers goes down again when somebody else's ends.
 */
export class RealPauses {
  #begun = false;

  constructor() {
    watching.add(this);
    globalThis.setTimeout = watchedSetTimeout;
  }

  /** Waits for the pauses that began since the last look; false when there were none. */
  async passed(): Promise<boolean> {
    if (!this.#begun) return false;
    this.#begun = false;
    // Node ends timers of one length in the order in which they began.
    await new Promise((resolve) => realSetTimeout(resolve, 1));
    return true;
  }

  stopWatching(): void {
    watching.delete(this);
    if (watching.size === 0 && globalThis.setTimeout === watchedSetTimeout)
      globalThis.setTimeout = realSetTimeout;
  }

  static begin(): void {
    for (const one of watching) one.#begun = true;
  }
}

const watchedSetTimeout = Object.assign((...args: Parameters<typeof realSetTimeout>) => {
  // Node takes a length of less than a millisecond for one.
  if (!((args[1] ?? 0) > 1)) RealPauses.begin();
  return realSetTimeout(...args);
}, realSetTimeout) as typeof realSetTimeout;
