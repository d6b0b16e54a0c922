/** One error, reduced to what rules look at. */
export interface ErrorFacts {
  /** `Error` where the error has no name of its own. */
  readonly name: string;
  /** Without control characters; cut after 4 000 characters. */
  readonly message: string;
  /** The system's, the driver's or the server's code: `ECONNREFUSED`, `28P01`, `WRONGPASS`. */
  readonly code?: string;
  /** HTTP status. */
  readonly status?: number;
  /** System call: `connect`, `getaddrinfo`. */
  readonly syscall?: string;
  /** `host:port`, or the host alone, that was tried. */
  readonly endpoint?: string;
  /** `kind` of the error families of adapters and providers: `connection`, `rate_limit`. */
  readonly kind?: string;
  /** Backend or provider that the error names: `redis`, `groq`. */
  readonly origin?: string;
  /** What the error says of a call's effect: `not_sent`, `rejected`, `unknown`. */
  readonly outcome?: string;
  /** Whether the error says that the same call may succeed later. */
  readonly retriable?: boolean;
  /** Set by the gate on a blocked attempt whose error the test never saw. */
  readonly swallowed?: boolean;
  /** First frames of the stack. */
  readonly stack?: string;
  /** What led to this error: its cause, or the members of an AggregateError. */
  readonly causes?: readonly ErrorFacts[];
}

/** What is known of how a failure came about, beside its errors. */
export type Situation =
  /** The test's process ended before the test did. */
  | 'worker-killed'
  /** A file or a suite failed and the report does not say how. */
  | 'untold';

/** One attempt to reach the network that the guard refused. */
export interface BlockedCall {
  /** `tcp`, `dns`, `child` … */
  readonly protocol: string;
  readonly host: string;
  readonly port?: number;
}

/** What a check in a clean process found at an endpoint. */
export interface EndpointFinding {
  /** Backend or provider that lives there. */
  readonly name: string;
  /** Whether every step succeeded, login included. */
  readonly ok: boolean;
  /** What was seen: `logged in to 7.0.15`, `ECONNREFUSED`. */
  readonly evidence: string;
}

/** The sandbox that a probe found around this process. */
export interface SandboxFinding {
  /** `seccomp`, `empty-network-namespace`, `no-route`, `proxy-only` … */
  readonly kind: string;
  /** What gave it away. */
  readonly evidence: string;
  /** What to ask for. */
  readonly remedy?: string;
}

/** What is known of the surroundings. */
export interface Findings {
  /** Where this ran, when it is a sandbox. */
  readonly sandbox?: SandboxFinding;
  /** Checks made after the failure; one that succeeds contradicts a lasting fault. */
  readonly endpoints?: readonly EndpointFinding[];
  /** What the guard refused of this very test. */
  readonly blocked?: readonly BlockedCall[];
  /** Whether a guard watched the failure come about and saw no try to reach anything. */
  readonly untried?: boolean;
}

/** One failure and all that is known of it. */
export interface FailureFacts {
  /** What was thrown, in the order it came; several after a failed hook or soft assertions. */
  readonly errors: readonly ErrorFacts[];
  /** Whether codes and causes are kept, so that their absence proves that there were none. */
  readonly complete: boolean;
  /** Full name of the test. */
  readonly test?: string;
  /** Its file. */
  readonly file?: string;
  /** Backend or provider that the test is about. */
  readonly origin?: string;
  readonly situation?: Situation;
  readonly findings?: Findings;
}
