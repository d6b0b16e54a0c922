import {
  checkOwnServices,
  type Level,
  type Marker,
  nearest,
  type OwnServices,
  suggestion,
  UsageError,
} from '@drydock/workspace';
import { visiblePackages } from '@drydock/workspace/visible-packages';
import type { EndpointOption } from '../endpoints/declared-endpoints.js';
import { checkRedaction, type RedactionOptions } from '../redact/redaction-options.js';
import type { GuardOptions } from './guard-settings.js';

/** Options of the Vitest plugin. */
export interface DrydockOptions {
  /** Markers of your own beside the built-in ones, such as `{ name: 'browser', description: 'needs Chromium' }`. */
  readonly markers?: readonly Marker[];
  /** Levels of your own; a marker without one gets a level of its name. */
  readonly levels?: readonly Level[];
  /** Exceptions from the guard for offline tests. */
  readonly guard?: GuardOptions;
  /** What offline tests have to do with the environment. */
  readonly env?: {
    /** Names of key-shaped variables that offline tests may see and set. @default [] */
    readonly allow?: readonly string[];
    /** Whether a variable that the project's own files read and Nx does not hash fails its task. @default false */
    readonly failOnUnhashed?: boolean;
  };
  /**
   * Variables with the addresses of your own servers, open to the tests of a marker when set and removed offline:
   * `['MONGO_URL', { variable: 'BILLING_API', marker: 'e2e' }]`. Well-known ones, such as `DATABASE_URL`, need no line.
   * @default []
   */
  readonly endpoints?: readonly EndpointOption[];
  /**
   * Servers of your own, found or started for the networked tests:
   * `{ mongo: { image: 'mongo:8', port: 27017, url: 'mongodb://{host}:{port}' } }`.
   * @default the `drydock.services` of the package.json
   */
  readonly services?: OwnServices;
  /** Names, values and exceptions of your own for what is redacted. */
  readonly redaction?: RedactionOptions;
  /** Backends and providers that the networked tests need. @default the `drydock.backend` and `drydock.provider` of the package.json, and the services of your own */
  readonly needs?: readonly string[];
}

const KNOWN = {
  'drydock()': ['markers', 'levels', 'guard', 'env', 'endpoints', 'services', 'needs', 'redaction'],
  'drydock({ guard })': ['allow', 'programs', 'loopbackServers', 'mockLibraries'],
  'drydock({ env })': ['allow', 'failOnUnhashed'],
  'drydock({ redaction })': ['names', 'values', 'allow'],
} as const;

/**
 * Checks what a configuration gives to `drydock()`, so that a misspelt option or need is not silently without effect.
 *
 * @throws UsageError that names the word and the nearest known one.
 */
export function checkOptions(
  { guard = {}, env = {}, needs = [], redaction = {}, services = {}, ...others }: DrydockOptions,
  root: string,
): void {
  checkKeys('drydock()', others);
  checkKeys('drydock({ guard })', guard);
  checkKeys('drydock({ env })', env);
  checkKeys('drydock({ redaction })', redaction);
  checkRedaction(redaction);
  checkOwnServices(services, 'drydock({ services })');
  // Reads the installed packages, which a project without this option does not need.
  if (needs.length > 0) checkNeeds(needs, root, services);
}

function checkKeys(place: keyof typeof KNOWN, given: object): void {
  const known: readonly string[] = KNOWN[place];
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new UsageError(`${place} has no option '${unknown}'. ${suggestion(unknown, known)}`);
}

function checkNeeds(needs: readonly string[], root: string, services: OwnServices): void {
  const named = visiblePackages(root).flatMap(({ field }) => [
    field.backend,
    field.provider,
    ...Object.keys(field.services ?? {}),
  ]);
  const known = [...named, ...Object.keys(services)].filter((name) => name !== undefined);
  for (const name of needs.filter((need) => !known.includes(need))) {
    const guess = nearest(name, known);
    if (guess !== undefined)
      throw new UsageError(
        `drydock({ needs }) names '${name}', which no package defines. Did you mean '${guess}'?`,
      );
  }
}
