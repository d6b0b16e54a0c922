/** Tells whoever listens how a call ended. */
type Ended<End> = (end: End) => unknown;

/**
 * Runs a call within what listens to it, and settles as the call does: whatever listens may fail, and then goes without.
 *
 * @param listen Runs the call in a context of its own; synchronously, if it does.
 */
export function observed<T, End>(
  listen: (run: (ended?: Ended<End>) => Promise<T>) => unknown,
  call: (ended: Ended<End>) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve) => {
    let running: Promise<T> | undefined;
    const once = (ended?: Ended<End>): Promise<T> => {
      running ??= call((end) => quietly(() => ended?.(end)));
      resolve(running);
      return running;
    };
    // It may have failed, or ended, before it ran anything.
    quietly(() => listen(once)).then(() => quietly(once));
  });
}

/** What listens may be asynchronous where its type says nothing of it, and nobody else would hear of its rejection. */
async function quietly(tell: () => unknown): Promise<void> {
  try {
    await tell();
  } catch {
    // Nothing of a call depends on it.
  }
}
