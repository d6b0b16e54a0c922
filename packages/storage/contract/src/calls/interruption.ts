import type { Deadline } from '@drydock/resilience';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';

/** The fault of a call that its deadline or its signal ended. */
export function interruption(deadline: Deadline, sent: boolean): Fault {
  const outcome = sent ? 'unknown' : 'not_sent';
  if (deadline.exceeded) {
    const detail = `no result within ${deadline.timeoutMs} ms; raise timeoutMs or look at the server's load`;
    return { kind: 'timeout', retriable: true, outcome, code: 'DEADLINE', detail };
  }
  const { reason } = deadline;
  if (reason instanceof FaultError) return { ...reason.fault, outcome };
  return { kind: 'aborted', retriable: false, outcome, code: 'ABORTED', detail: "the caller's signal fired" };
}
