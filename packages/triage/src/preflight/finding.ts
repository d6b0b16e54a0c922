import type { SandboxReport } from '../sandbox/report.js';

/** The steps of a check, in the order in which they are taken; one that fails is the last. */
export const STEPS = ['proxy', 'dns', 'tcp', 'tls', 'login', 'clock', 'version'] as const;

/** One step of a check. */
export type Step = (typeof STEPS)[number];

/** What one step found. */
export interface Finding {
  /** Backend or provider: `redis`. */
  readonly name: string;
  /** `host:port` that was asked. */
  readonly endpoint: string;
  readonly step: Step;
  readonly ok: boolean;
  /** Code of the system, the driver or the server: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `HTTP_401`. */
  readonly code?: string;
  /** What was seen, in one line, without secrets. */
  readonly evidence: string;
  /** Set where the step succeeded and something is about to go wrong. */
  readonly warning?: boolean;
  /** Milliseconds that the step took. */
  readonly durationMs: number;
  /** Version that the server told; with the step `version` alone. */
  readonly version?: string;
}

/** All that was found at one endpoint. */
export interface EndpointReport {
  readonly name: string;
  readonly kind: 'service' | 'provider';
  /** `host:port`, without credentials. */
  readonly endpoint: string;
  /** Whether no step failed. */
  readonly ok: boolean;
  /** Version that the server told. */
  readonly version?: string;
  /** Milliseconds of the fastest connection. */
  readonly latencyMs?: number;
  readonly findings: readonly Finding[];
}

/** What a preflight found, and in what surroundings. */
export interface PreflightReport {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly sandbox: SandboxReport;
  readonly endpoints: readonly EndpointReport[];
}
