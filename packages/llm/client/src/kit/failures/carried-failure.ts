/** An answer of the service, as far as a failure is read from it. */
export interface HttpAnswer {
  /** Absent where an error came within an answer that had begun well. */
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  /** Parsed where it is JSON. */
  readonly body?: unknown;
}

/** What came instead of a good answer: another answer, or an error of the network. */
export type Failed = { readonly answer: HttpAnswer } | { readonly error: unknown };

/**
 * A failure on its way through an SDK.
 *
 * SDKs look into errors, log them and put others in their place; this one tells them nothing and holds what it carries
 * out of reach of whoever prints it.
 */
export class CarriedFailure extends Error {
  override readonly name = 'CarriedFailure';
  readonly #failed: Failed;

  constructor(failed: Failed) {
    super('the request brought no good answer');
    this.#failed = failed;
  }

  /** What an error carries, if it carries anything. */
  static within(error: unknown): Failed | undefined {
    return error instanceof CarriedFailure ? error.#failed : undefined;
  }
}
