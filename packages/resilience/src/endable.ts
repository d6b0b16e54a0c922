/** What may be ended early, and tells so without the cost of an event. */
export interface Endable {
  /** Whether it has been ended. */
  readonly aborted: boolean;
  /** Why it was ended. */
  readonly reason: unknown;
  /** Calls back when it is ended, which may be at once, unless the returned function was called before. */
  onAbort(listener: () => void): () => void;
}
