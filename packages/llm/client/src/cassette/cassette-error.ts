/** What went wrong with a cassette; each code has one meaning. */
export type CassetteErrorCode =
  /** The file is missing or is not a cassette. */
  | 'CASSETTE_UNREADABLE'
  /** A request has no recorded answer. */
  | 'CASSETTE_MISS'
  /** Recorded exchanges were not requested. */
  | 'CASSETTE_UNUSED'
  /** A recording was started without a key. */
  | 'CASSETTE_NO_KEY'
  /** A recording would have held a secret. */
  | 'CASSETTE_SECRET'
  /** A recorded body was not read to its end. */
  | 'CASSETTE_INCOMPLETE';

/** A cassette cannot be played or written; the message says what to do. */
export class CassetteError extends Error {
  override readonly name = 'CassetteError';

  constructor(
    readonly code: CassetteErrorCode,
    message: string,
  ) {
    super(message);
  }
}
