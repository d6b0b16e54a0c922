/** Reports to telemetry how a call ended. */
type OnEnd<End> = (end: End) => unknown;

/**
 * Runs a call within a telemetry hook, and settles as the call does: the hook may fail, and the call then goes on without it.
 *
 * @param hook Runs the call in a context of its own; synchronously, if it does.
 */
export function withTelemetry<T, End>(
  hook: (run: (onEnd?: OnEnd<End>) => Promise<T>) => unknown,
  call: (onEnd: OnEnd<End>) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve) => {
    let running: Promise<T> | undefined;
    const once = (onEnd?: OnEnd<End>): Promise<T> => {
      running ??= call((end) => ignoringErrors(() => onEnd?.(end)));
      resolve(running);
      return running;
    };
    // The hook may have failed, or ended, before it ran the call.
    ignoringErrors(() => hook(once)).then(() => ignoringErrors(once));
  });
}

/** A hook may be asynchronous even where its type says that it is not, and nobody else would handle its rejection. */
async function ignoringErrors(report: () => unknown): Promise<void> {
  try {
    await report();
  } catch {
    // No call depends on what telemetry does.
  }
}
