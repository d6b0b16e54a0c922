/** What a server does with one request: its answer, and how that comes over the wire. */
export interface WireAnswer {
  /** @default 200 */
  readonly status?: number | undefined;
  /** @default {} */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Pieces of the body, each sent by itself. @default [] */
  readonly chunks?: readonly (string | Uint8Array)[] | undefined;
  /** Compresses the body, piece by piece, and says so in a header. @default no compression */
  readonly encoding?: 'gzip' | undefined;
  /** Pause before the status and the headers, in milliseconds; `never` reads the request and says nothing. @default 0 */
  readonly headersAfterMs?: number | 'never' | undefined;
  /** Pause before each piece, in milliseconds. @default 0 */
  readonly chunkEveryMs?: number | undefined;
  /** What follows the last piece. @default 'end' */
  readonly ending?: WireEnding | undefined;
}

/**
 * How an answer ends: whole; with silence; with the connection closed or reset within the body, which clients hardly
 * tell apart; or with one that is reset before any status, whatever the answer holds.
 */
export type WireEnding = 'end' | 'stall' | 'cut' | 'reset' | 'reset before headers';

/** What a server does with the requests of a test: answers in their order, or one for each as it comes. */
export type WireScript = readonly WireAnswer[] | ((request: WireRequest, index: number) => WireAnswer);

/** A request as a server sees it. */
export interface WireRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
}
