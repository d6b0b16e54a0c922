/** Calls about one id that have begun, and those that wait for them. */
interface Place {
  reads: number;
  isWritten: boolean;
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly reads: boolean;
  begin(): void;
}

/** Lets calls about one id begin in the order in which they came: reads side by side, a write by itself. */
export class IdOrder {
  readonly #places = new Map<string, Place>();

  /** Whether nothing has begun, so that nothing waits either. */
  get isIdle(): boolean {
    return this.#places.size === 0;
  }

  /** Begins as soon as nothing earlier about this id stands in its way, which may be at once; `leave` must follow. */
  enter(id: string, reads: boolean, begin: () => void): void {
    const place = this.#places.get(id);
    if (!place) {
      this.#places.set(id, { reads: reads ? 1 : 0, isWritten: !reads, waiting: [] });
      begin();
    } else if (place.waiting.length === 0 && reads && !place.isWritten) {
      place.reads += 1;
      begin();
    } else place.waiting.push({ reads, begin });
  }

  /** What had begun has ended. */
  leave(id: string, reads: boolean): void {
    const place = this.#places.get(id);
    if (!place) return;
    if (reads) place.reads -= 1;
    else place.isWritten = false;
    this.#beginNext(place);
    if (place.reads === 0 && !place.isWritten) this.#places.delete(id);
  }

  #beginNext(place: Place): void {
    const begun: Waiting[] = [];
    for (const next of place.waiting) {
      if (place.isWritten || (!next.reads && place.reads > 0)) break;
      if (next.reads) place.reads += 1;
      else place.isWritten = true;
      begun.push(next);
    }
    // Taken out before they begin: whatever they call sees the place as it is then.
    place.waiting.splice(0, begun.length);
    for (const { begin } of begun) begin();
  }
}
