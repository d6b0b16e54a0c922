import type { Verdict } from '@drydock/triage';
import type { EndpointReport } from '@drydock/triage/preflight';
import type { SandboxReport } from '@drydock/triage/sandbox';
import type { Endpoint } from '../../endpoints/endpoint.js';
import type { VariableProvenance } from '../../environment/index.js';

/** What `drydock doctor` found at one backend or provider. */
export interface EndpointDiagnosis extends Pick<Endpoint, 'name' | 'kind' | 'packageName' | 'settings'> {
  readonly state: 'ok' | 'failed' | 'not configured';
  /** Why it was not checked. */
  readonly reason?: string;
  /** Every step that was taken. */
  readonly check?: EndpointReport;
  /** What the failure means and what to do. */
  readonly verdict?: Verdict;
}

/** All that `drydock doctor --json` prints; names and provenance of variables, never values. */
export interface Diagnosis {
  /** `linux x64`. */
  readonly platform: string;
  /** Version of Node. */
  readonly node: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly sandbox: SandboxReport;
  /** Variables that are set, known ones and those of `.env` files. */
  readonly environment: readonly VariableProvenance[];
  /** Variables of backends and providers that are not set. */
  readonly unset: readonly string[];
  readonly endpoints: readonly EndpointDiagnosis[];
}
