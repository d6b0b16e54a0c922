/** Subject of the clauses that the conformance suite finds broken. */
export const CONFORMANCE = 'planted in the Redis adapter, found by the conformance suite';

/** What a fault's test carries to the reporter. */
export interface FaultMeta {
  /** Who is asked: `redis, adapter`. */
  readonly subject: string;
  /** What was done to it. */
  readonly name: string;
  /** `environment / login`. */
  readonly expected: string;
  /** Whether the fault came about; a test that fails for want of it proves nothing. */
  produced: boolean;
  /** What a check in a clean process would find afterwards, where that decides. */
  readonly check?: { readonly name: string; readonly ok: boolean; readonly evidence: string };
}
