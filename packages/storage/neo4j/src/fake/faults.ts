/** What the server says when it refuses. */
export interface WireError {
  /** Such as `Neo.TransientError.Transaction.DeadlockDetected`. */
  readonly code: string;
  readonly message: string;
  /** Whether the server declares that the statement may be sent again, as newer ones do; default false. */
  readonly idempotent?: boolean;
}

/** What happens to a statement that matches. */
export type StatementFault =
  /** The server answers with this error instead of running it. */
  | { readonly kind: 'error'; readonly error: WireError }
  /** The connection is reset: before the statement runs, or after it ran and before the reply. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** The statement waits, as behind a lock, until the driver resets the connection. */
  | { readonly kind: 'hold'; reached(): void };

/** What happens to a new connection. */
export type ConnectionFault =
  /** The socket fails with this code, such as `ECONNREFUSED`. */
  | { readonly kind: 'socket'; readonly code: string }
  /** The server answers the handshake with these bytes, as something else on that port would. */
  | { readonly kind: 'babble'; readonly bytes: string };

/** Which statements: those whose Cypher contains the string or matches the expression. */
export type StatementMatch = string | RegExp;

/** The faults that a test has planted, each used as often as it says. */
export class Faults {
  readonly #statements: { match: StatementMatch; fault: StatementFault; left: number }[] = [];
  /** Applies to every new connection while set. */
  connection: ConnectionFault | undefined;
  /** While set, requests are read, not applied and not answered. */
  silent = false;

  plant(match: StatementMatch, fault: StatementFault, times = 1): void {
    this.#statements.push({ match, fault, left: times });
  }

  /** The fault for a statement, used up by this. */
  take(cypher: string): StatementFault | undefined {
    const planted = this.#statements.find(({ match, left }) => left > 0 && matches(match, cypher));
    if (planted) planted.left -= 1;
    return planted?.fault;
  }

  /** Forgets everything planted. */
  clear(): void {
    this.#statements.length = 0;
    this.connection = undefined;
    this.silent = false;
  }
}

function matches(match: StatementMatch, cypher: string): boolean {
  return typeof match === 'string' ? cypher.includes(match) : match.test(cypher);
}
