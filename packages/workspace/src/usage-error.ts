/** A mistake in flags, configuration or environment; ends a run with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_DRYDOCK_USAGE';
}
