import type { SandboxReport } from '../sandbox/report.js';

/** The steps of a check, in the order in which they are taken; one that fails is the last. */
export const STEPS = ['proxy', 'dns', 'tcp', 'tls', 'login', 'clock', 'version'] as const;

/** One step of a check. */
export type Step = (typeof STEPS)[number];

/** What one step found. */
export interface Finding {
  /** Backend or provider: `redis`. */
  readonly name: string;
  /** `host:port` of the check. */
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
  /** Version of the server; only with the step `version`. */
  readonly version?: string;
}

/** Findings of one endpoint. */
export interface EndpointReport {
  readonly name: string;
  readonly kind: 'service' | 'provider';
  /** `host:port`, without credentials. */
  readonly endpoint: string;
  /** Whether no step failed. */
  readonly ok: boolean;
  /** Version of the server. */
  readonly version?: string;
  /** Milliseconds of the fastest connection. */
  readonly latencyMs?: number;
  readonly findings: readonly Finding[];
}

/** Findings of a preflight and the sandbox around it. */
export interface PreflightReport {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly sandbox: SandboxReport;
  readonly endpoints: readonly EndpointReport[];
}
