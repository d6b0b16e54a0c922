import type { StorageErrorJson } from '../errors/storage-error.js';

/** Answer of `healthCheck`: the result of real I/O. */
export interface HealthReport {
  /** Whether the server answered in time. */
  readonly status: 'healthy' | 'unhealthy';
  /** Time the check took, in milliseconds. */
  readonly latencyMs: number;
  /** Server's version, when it tells. */
  readonly version?: string;
  /** Why it is unhealthy. */
  readonly error?: StorageErrorJson;
}
