import type { Fault, FaultKind } from '../errors/fault.js';

/** What a driver's error means; one row of a backend's table. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Whether the same call may succeed a moment later. */
  readonly retriable: boolean;
  /** Set where the server may have applied the request before it failed. */
  readonly doubtful?: true;
  /** Set where no byte of the request can have left. */
  readonly unsent?: true;
  /** What happened and what to do next. */
  readonly detail: string;
}

/** The server is out of reach or does not serve now; it may a moment later. */
export const connection = (detail: string): FaultRule => ({ kind: 'connection', retriable: true, detail });
/** The server refuses this login, or this process may not connect; trying again does not help. */
export const refusal = (detail: string): FaultRule => ({ kind: 'connection', retriable: false, detail });
/** No answer came in time; more time may help. */
export const timeout = (detail: string): FaultRule => ({ kind: 'timeout', retriable: true, detail });
/** The server refuses the request itself. */
export const query = (detail: string): FaultRule => ({ kind: 'query', retriable: false, detail });
/** The server refuses a record, an id or a value. */
export const data = (detail: string): FaultRule => ({ kind: 'data', retriable: false, detail });

/** The table, collection or database of the records is not there. */
export const missing = (detail: string): FaultRule => ({ kind: 'not_found', retriable: false, detail });

/** The same rule, for a call that may succeed a moment later. */
export const again = (rule: FaultRule): FaultRule => ({ ...rule, retriable: true });
/** The same rule, for a request that the server may have applied before it failed. */
export const doubtful = (rule: FaultRule): FaultRule => ({ ...rule, doubtful: true });
/** The same rule, for a request of which no byte can have left. */
export const unsent = (rule: FaultRule): FaultRule => ({ ...rule, unsent: true });

/** The rule for an error of a driver or a client that no table has. */
export const unknownTo = (what: 'client' | 'driver'): FaultRule =>
  doubtful(query(`the ${what} failed in a way that this adapter does not know`));

/** The fault that a rule makes of an error; `sent` tells whether anything of the attempt had left. */
export function faultOf(
  { kind, retriable, doubtful, unsent, detail }: FaultRule,
  seen: { readonly sent: boolean; readonly code?: string | undefined; readonly status?: string | undefined },
): Fault {
  const outcome = !seen.sent || unsent ? 'not_sent' : doubtful ? 'unknown' : 'rejected';
  const { code, status } = seen;
  return {
    kind,
    retriable,
    outcome,
    detail,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
  };
}
