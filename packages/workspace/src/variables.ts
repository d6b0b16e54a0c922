/** How a variable is read, checked and explained. */
export interface VariableDefinition {
  /**
   * `secret` is a text that is a secret as a whole; a `url` may carry one in its login; an `address` may be a URL, several
   * of them, `host:port` pairs, or paths of Unix sockets, separated by commas.
   */
  readonly kind: 'url' | 'address' | 'secret' | 'text' | 'number';
  /** Marker of the tests that may reach a `url` or an `address`. @default every marker of scope `lan`, such as `integration` */
  readonly marker?: string;
  /** Accepted protocols of a `url`, colon included; any when absent. */
  readonly protocols?: readonly string[];
  /** Variable with the port, for an `address` that is a host alone: `PGPORT` beside `PGHOST`. */
  readonly port?: string;
  /** Whether a `url` may be several, or have several hosts. @default false */
  readonly several?: boolean;
  /** Smallest accepted `number`. */
  readonly min?: number;
  /** Largest accepted `number`. */
  readonly max?: number;
  /** A good value to show in a message. */
  readonly example?: string;
}

/** Definitions by the variables' names. */
export type Variables = Readonly<Record<string, VariableDefinition>>;

/** Whether a variable holds the addresses of servers. */
export function holdsAddresses({ kind }: VariableDefinition): boolean {
  return kind === 'url' || kind === 'address';
}
