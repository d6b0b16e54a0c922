import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Level, Marker } from '../registry.js';
import { UsageError } from '../usage-error.js';
import type { Variables } from '../variables.js';
import { mistakesIn, type Schema } from './json-schema.js';
import type { OwnServices } from './own-service.js';
import type { ProviderProbe } from './provider.js';

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

/** The `drydock` field of a package.json; `schema.json` says the same to editors, and is what a field is checked against. */
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
  /** Errors of the backend or provider, by triage's subclass: whole codes, or conditions of a triage rule. */
  readonly errors?: Readonly<Record<string, readonly (string | object)[]>>;
  /** How addresses of the backend's own schemes speak TLS; a scheme that is not listed speaks in clear. */
  readonly schemes?: Readonly<Record<string, SchemeTls>>;
  /** Hosts of a provider, open to its real-call tests: `api.groq.com`. */
  readonly hosts?: readonly string[];
  /** Servers that the package's tests need and that no other package defines; those of the root hold where it has none. */
  readonly services?: OwnServices;
  /** Markers that the project adds; read from the workspace root. */
  readonly markers?: readonly Marker[];
  /** Levels that the project adds; read from the workspace root. */
  readonly levels?: readonly Level[];
  /** Names, values and exceptions that the project adds to what is redacted; a text in slashes is a pattern. */
  readonly redaction?: {
    readonly names?: readonly string[];
    readonly values?: readonly string[];
    readonly allow?: readonly string[];
  };
  /** Rules of `@drydock/triage` that the project adds, which checks them; read from the workspace root. */
  readonly triage?: readonly object[];
}

let schema: Schema | undefined;

/**
 * The `drydock` field of a package of the workspace; an empty one where there is none.
 *
 * @param folder The package's folder, for messages.
 * @throws UsageError for an unknown key, naming the nearest known one, and for a value of the wrong type.
 */
export function readField(field: unknown, folder: string): DrydockField {
  if (field === undefined) return {};
  const mistakes = mistakesIn(field, fieldSchema(), 'drydock');
  if (mistakes.length === 0) return field as DrydockField;
  throw new UsageError(mistakes.map(({ text }) => `${join(folder, 'package.json')}: ${text}`).join('\n'));
}

/**
 * What can be used of the `drydock` field of an installed package. It may be of another version, or of another tool of
 * the name, and its user cannot change it: unknown keys stay, keys with a value of the wrong type are left out.
 */
export function readForeignField(field: unknown): DrydockField {
  const { properties = {} } = fieldSchema();
  // What an installed package needs for its own tests is nothing to its user.
  const { services: _, ...offered } = { ...(typeof field === 'object' ? field : {}) } as DrydockField;
  const entries = Object.entries(offered);
  const usable = entries.filter(([key, value]) =>
    mistakesIn(value, properties[key] ?? {}, key).every(({ isUnknownKey }) => isUnknownKey),
  );
  return Object.fromEntries(usable);
}

/**
 * Checks services that a configuration declares, as those of a package.json are.
 *
 * @throws UsageError for an unknown key, naming the nearest known one, and for a value of the wrong type.
 */
export function checkOwnServices(services: OwnServices, place: string): void {
  const mistakes = mistakesIn(services, fieldSchema().properties?.services ?? {}, place);
  if (mistakes.length > 0) throw new UsageError(mistakes.map(({ text }) => text).join('\n'));
}

function fieldSchema(): Schema {
  if (schema) return schema;
  const text = readFileSync(new URL('../../schema.json', import.meta.url), 'utf8');
  schema = (JSON.parse(text) as { properties: { drydock: Schema } }).properties.drydock;
  return schema;
}
