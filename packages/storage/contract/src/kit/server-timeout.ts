/** A server's own limit for a statement with this much time left, in milliseconds: it ends shortly before the client gives up. */
export function serverTimeoutMs(remainingMs: number): number {
  return Math.max(1, Math.floor(remainingMs * 0.95));
}
