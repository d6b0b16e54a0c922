import type { Verdict } from '@drydock/triage';
import type { EndpointReport } from '@drydock/triage/preflight';
import type { SandboxReport } from '@drydock/triage/sandbox';
import type { Endpoint } from '../../endpoints/endpoint.js';
import type { VariableProvenance } from '../../environment/dotenv.js';
import type { EnvironmentProblem } from '../../environment/environment-usage-error.js';

/** Result of checking one backend or provider. */
export interface EndpointDiagnosis extends Pick<Endpoint, 'name' | 'kind' | 'packageName' | 'settings'> {
  readonly state: 'ok' | 'failed' | 'malformed' | 'not configured';
  /** Reason where it was not checked. */
  readonly reason?: string;
  /** Result of every step. */
  readonly check?: EndpointReport;
  /** Class of the failure, with the remedy. */
  readonly verdict?: Verdict;
}

/** Everything that `drydock doctor --json` prints; names and provenance of variables, never their values. */
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
  /** Variables whose values cannot be used, with the problem and an example; nothing of the value. */
  readonly malformed: readonly EnvironmentProblem[];
  /** Variables of backends and providers that are not set. */
  readonly unset: readonly string[];
  readonly endpoints: readonly EndpointDiagnosis[];
}
