import type { Fault, FaultKind } from '../errors/fault.js';

/** What a driver's error means: a line of a backend's table. */
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

/** The server is out of reach or serves nobody now; it may do a moment later. */
export const connection = (detail: string): FaultRule => ({ kind: 'connection', retriable: true, detail });
/** The server, or this process, lets nobody in who comes like this. */
export const refusal = (detail: string): FaultRule => ({ kind: 'connection', retriable: false, detail });
/** No answer in time, which more time may cure. */
export const timeout = (detail: string): FaultRule => ({ kind: 'timeout', retriable: true, detail });
/** The server refuses the request itself. */
export const query = (detail: string): FaultRule => ({ kind: 'query', retriable: false, detail });
/** The server refuses a record, an id or a value. */
export const data = (detail: string): FaultRule => ({ kind: 'data', retriable: false, detail });

/** What is to hold the records is not there. */
export const missing = (detail: string): FaultRule => ({ kind: 'not_found', retriable: false, detail });

/** The same, where the same call may succeed a moment later. */
export const again = (rule: FaultRule): FaultRule => ({ ...rule, retriable: true });
/** The same, of a request that the server may have applied before it failed. */
export const doubtful = (rule: FaultRule): FaultRule => ({ ...rule, doubtful: true });
/** The same, where no byte of the request can have left. */
export const unsent = (rule: FaultRule): FaultRule => ({ ...rule, unsent: true });

/** The rule for what no table has, of a driver or a client. */
export const unknownTo = (what: 'client' | 'driver'): FaultRule =>
  doubtful(query(`the ${what} failed in a way that this adapter does not know`));

/** The fault that a rule makes of an error; `sent` tells whether anything of the attempt had left. */
export function faultOf(
  { kind, retriable, doubtful, unsent, detail }: FaultRule,
  told: { readonly sent: boolean; readonly code?: string | undefined; readonly status?: string | undefined },
): Fault {
  const outcome = !told.sent || unsent ? 'not_sent' : doubtful ? 'unknown' : 'rejected';
  const { code, status } = told;
  return {
    kind,
    retriable,
    outcome,
    detail,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
  };
}
