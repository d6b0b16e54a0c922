import type { WireError } from './messages.js';

/** What happens to a statement that matches. */
export type StatementFault =
  /** The statement waits, as behind a lock, until it is released, cancelled or past its `statement_timeout`. */
  | { readonly kind: 'hold'; readonly released: Promise<void>; reached(): void }
  /** The server answers with this error instead of running it. */
  | { readonly kind: 'error'; readonly error: WireError }
  /** The connection is reset: before the statement runs, or after it ran and before the reply. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** The statement is read and neither run nor answered, nor can it be cancelled. */
  | { readonly kind: 'silent' };

/** What happens to a new connection. */
export type ConnectionFault =
  /** The socket fails with this code, such as `ECONNREFUSED`. */
  | { readonly kind: 'socket'; readonly code: string }
  /** The server answers the startup packet with this error. */
  | { readonly kind: 'error'; readonly error: WireError }
  /** Nothing ever answers. */
  | { readonly kind: 'silent' };

/** A statement that is being held. */
export interface HeldStatement {
  /** Resolves when a matching statement has arrived. */
  readonly reached: Promise<void>;
  /** Lets it run. */
  release(): void;
}

/** Which statements: those whose SQL contains the string or matches the expression. */
export type StatementMatch = string | RegExp;

/** The faults that a test has planted, each used as often as it says. */
export class Faults {
  readonly #statements: { match: StatementMatch; fault: StatementFault; left: number }[] = [];
  /** Applies to every new connection while set. */
  connection: ConnectionFault | undefined;

  plant(match: StatementMatch, fault: StatementFault, times = 1): void {
    this.#statements.push({ match, fault, left: times });
  }

  /** The fault for a statement, used up by this. */
  take(sql: string): StatementFault | undefined {
    const planted = this.#statements.find(({ match, left }) => left > 0 && matches(match, sql));
    if (planted) planted.left -= 1;
    return planted?.fault;
  }

  /** Forgets everything planted. */
  clear(): void {
    this.#statements.length = 0;
    this.connection = undefined;
  }
}

function matches(match: StatementMatch, sql: string): boolean {
  return typeof match === 'string' ? sql.includes(match) : match.test(sql);
}
