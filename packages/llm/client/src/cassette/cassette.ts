/** One request as it is compared: without its host, its credentials and most of its headers. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query, without parameters that carry a key. */
  readonly path: string;
  /** Parsed and with sorted keys when it was JSON, else the text; absent without a body. */
  readonly body?: unknown;
}

/** A piece of a body as it arrived: text, or base64 where it is not UTF-8 by itself. */
export type RecordedChunk = string | { readonly base64: string };

/** What the server answered. */
export interface RecordedResponse {
  readonly status: number;
  /** Only the headers that are allowed by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body in the pieces in which it arrived; decoded, when it came compressed. */
  readonly chunks: readonly RecordedChunk[];
}

/** A request and its answer. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

/** Where a cassette's exchanges come from: a recording, or somebody's hand after a public document. */
export type CassetteOrigin =
  | { readonly recordedAt: string }
  | { readonly handMade: true; readonly follows: string };

/** The contents of a cassette's file. */
export type Cassette = CassetteOrigin & {
  readonly version: 1;
  readonly exchanges: readonly Exchange[];
};
