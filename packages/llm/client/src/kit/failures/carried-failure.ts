/** The parts of a service's answer that a failure is read from. */
export interface HttpAnswer {
  /** Absent for an error within an answer that began with success. */
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  /** Parsed where it is JSON. */
  readonly body?: unknown;
}

/** What came instead of a success: another answer, or an error of the network. */
export type Failed = { readonly answer: HttpAnswer } | { readonly error: unknown };

/**
 * A failure on its way through an SDK.
 *
 * SDKs inspect errors, log them and replace them by their own; this one shows them nothing, and what it carries stands
 * in a private member, which no log prints.
 */
export class CarriedFailure extends Error {
  override readonly name = 'CarriedFailure';
  readonly #failed: Failed;

  constructor(failed: Failed) {
    super('the request did not succeed');
    this.#failed = failed;
  }

  /** What the error carries; undefined for an error of another class. */
  static within(error: unknown): Failed | undefined {
    return error instanceof CarriedFailure ? error.#failed : undefined;
  }
}
