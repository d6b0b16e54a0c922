/** What a server in memory sends back to its client. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string; default: an error as the server words them. */
  readonly body?: unknown;
}
