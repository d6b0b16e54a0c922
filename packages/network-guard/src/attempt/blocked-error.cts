import type { Attempt } from '../types.cjs';

/** The code of every error that the guard raises. */
export const BLOCKED_CODE = 'ERR_DRYDOCK_BLOCKED';

/** The error that code gets in place of a connection. */
export class BlockedError extends Error {
  readonly code = BLOCKED_CODE;
  override readonly name = 'BlockedError';

  constructor(
    message: string,
    /** What was tried. */
    readonly attempt: Attempt,
  ) {
    super(message);
  }
}

/** Whether an error, or a cause of it, comes from the guard; holds across copies of this package and vm contexts. */
export function isBlockedError(error: unknown): boolean {
  for (let current = error, depth = 0; current && depth < 8; depth++) {
    const { code, cause, errors } = current as { code?: unknown; cause?: unknown; errors?: unknown };
    if (code === BLOCKED_CODE) return true;
    if (Array.isArray(errors) && errors.some((member) => member?.code === BLOCKED_CODE)) return true;
    current = cause;
  }
  return false;
}
