import type { ProviderProbe } from './provider.js';
import type { Level, Marker } from './registry.js';
import type { Variables } from './variables.js';

/** How addresses of one scheme speak TLS. */
export interface SchemeTls {
  /** `verify`: the driver refuses a certificate that does not hold; `accept`: it takes any. @default `none` */
  readonly tls?: TlsMode;
  /** Parameters of the address that decide in its place: the first that is set, by value; `*` is any other value. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, TlsMode>>>>;
  /** Protocol whose request for TLS goes before the handshake in clear, as triage knows it: `postgres`. @default none */
  readonly after?: string;
}

/** What becomes of the server's certificate; `none` where the connection is not encrypted. */
export type TlsMode = 'none' | 'verify' | 'accept';

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
  /** What the backend's or provider's errors say, by triage's subclass: whole codes, or conditions of a triage rule. */
  readonly errors?: Readonly<Record<string, readonly (string | object)[]>>;
  /** How addresses of the backend's own schemes speak TLS; a scheme that is not listed speaks in clear. */
  readonly schemes?: Readonly<Record<string, SchemeTls>>;
  /** Hosts of a provider, open to its real-call tests: `api.groq.com`. */
  readonly hosts?: readonly string[];
  /** Markers that the project adds; read from the workspace root. */
  readonly markers?: readonly Marker[];
  /** Levels that the project adds; read from the workspace root. */
  readonly levels?: readonly Level[];
  /** Rules of `@drydock/triage` that the project adds, which checks them; read from the workspace root. */
  readonly triage?: readonly object[];
}
