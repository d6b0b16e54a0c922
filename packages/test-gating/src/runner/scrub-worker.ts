import { vi } from 'vitest';
import { allowStubs, type DroppedVariable, guardEnvironment } from '../environment/index.js';
import type { GatePolicy } from '../gate/policy.js';

/** Keeps secrets and addresses out of this worker's environment, whoever brings them, and tells of each attempt. */
export function scrubWorker(
  scrub: NonNullable<GatePolicy['scrub']>,
  onDropped: (dropped: DroppedVariable) => void = () => {},
): void {
  allowStubs(vi, guardEnvironment({ ...scrub, onDropped }));
}
