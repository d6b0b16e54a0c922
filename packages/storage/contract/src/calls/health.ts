import type { StorageErrorJson } from '../errors/storage-error.js';

/** The answer of `healthCheck`, after real I/O. */
export interface HealthReport {
  /** Whether the server answered in time. */
  readonly status: 'healthy' | 'unhealthy';
  /** How long the check took, in milliseconds. */
  readonly latencyMs: number;
  /** The server's version, where it says one. */
  readonly version?: string;
  /** Why it is unhealthy. */
  readonly error?: StorageErrorJson;
}
