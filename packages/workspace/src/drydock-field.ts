import type { ProviderProbe } from './provider.js';
import type { Level, Marker } from './registry.js';
import type { Variables } from './variables.js';

/** The `drydock` field of a package.json. */
export interface DrydockField {
  /** Backend whose server the package's integration tests need. */
  readonly backend?: string;
  /** Module that exports the backend's `service` definition, relative to the package. */
  readonly service?: string;
  /** Versions of the backend's server that are supported, as a range of npm's kind: `>=6.2`. */
  readonly versions?: string;
  /** Provider that the package's real calls go to. */
  readonly provider?: string;
  /** Request that shows, at no cost, whether the provider answers. */
  readonly probe?: ProviderProbe;
  /** Variables that point at the backend or provider; a new one touches only its own package. */
  readonly variables?: Variables;
  /** Hosts of a provider, open to its real-call tests: `api.groq.com`. */
  readonly hosts?: readonly string[];
  /** Markers that the project adds; read from the workspace root. */
  readonly markers?: readonly Marker[];
  /** Levels that the project adds; read from the workspace root. */
  readonly levels?: readonly Level[];
  /** Rules of `@drydock/triage` that the project adds, which checks them; read from the workspace root. */
  readonly triage?: readonly object[];
}
