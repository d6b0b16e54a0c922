import type { Target } from '@drydock/triage/preflight';
import type { EnvironmentProblem } from '../environment/environment-usage-error.js';

/** A server or a provider that a package of the workspace knows, with its configuration here. */
export interface Endpoint {
  /** Backend or provider: `redis`, `groq`. */
  readonly name: string;
  readonly kind: 'service' | 'provider';
  /** Package that uses it. */
  readonly packageName: string;
  /** Absolute path of that package. */
  readonly packageDir: string;
  /** Variables that it reads, by name. */
  readonly variables: readonly string[];
  /** Those of them that are set, and where their values come from. */
  readonly settings: readonly { readonly name: string; readonly provenance: string }[];
  /** Target of the check; absent where nobody configured it. */
  readonly target?: Target;
  /** Why there is nothing to check: `REDIS_URL not set`. */
  readonly absence?: string;
  /** Problem of a variable, for which it cannot be checked. */
  readonly malformed?: EnvironmentProblem;
}
