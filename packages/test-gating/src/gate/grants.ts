import { type Registry, type Scope, suggestion, UsageError, widestScope } from '@drydock/workspace';
import { parseExpression } from '../markers/expression.js';

/** A request for what a run includes, from flags or variables. */
export interface GrantRequest {
  /** Level to run alone, as the Nx target of that name does (`DRYDOCK_LEVEL`). @default 'test' */
  readonly level?: string | undefined;
  /** Markers granted on top, as `--run-integration` does (`DRYDOCK_RUN`, comma-separated). */
  readonly run?: readonly string[] | undefined;
  /** A `-m` expression; one that names `llm-real` positively grants it (`DRYDOCK_EXPRESSION`). */
  readonly expression?: string | undefined;
}

/** The markers that a run may execute, and what else narrows it. */
export interface Grants {
  readonly level: string;
  /** Granted markers, in the registry's order. */
  readonly granted: readonly string[];
  /** Whether tests without a marker run; otherwise they are not collected. */
  readonly unmarked: boolean;
  /** Tag that every test must carry as well. */
  readonly only?: string;
  readonly expression?: string;
}

/**
 * Resolves a request to grants.
 *
 * @throws UsageError for an unknown level or marker, naming the nearest known one.
 */
export function resolveGrants(request: GrantRequest, registry: Registry): Grants {
  const names = registry.markers.map((marker) => marker.name);
  const level = registry.levels.find(({ name }) => name === (request.level ?? 'test'));
  if (level === undefined) {
    const known = registry.levels.map(({ name }) => name);
    throw new UsageError(`Unknown level '${request.level}'. ${suggestion(request.level ?? '', known)}`);
  }
  const granted = new Set(level.grants);
  for (const word of request.run ?? []) granted.add(knownMarker(word, names));
  if (request.expression !== undefined && parseExpression(request.expression, names).positive.has('llm-real'))
    granted.add('llm-real');
  return {
    level: level.name,
    granted: names.filter((name) => granted.has(name)),
    unmarked: level.unmarked ?? false,
    ...(level.only === undefined ? {} : { only: level.only }),
    ...(request.expression === undefined ? {} : { expression: request.expression }),
  };
}

/** Reads `DRYDOCK_LEVEL`, `DRYDOCK_RUN` and `DRYDOCK_EXPRESSION`; keys and URLs never grant anything. */
export function grantRequestFromEnvironment(env: NodeJS.ProcessEnv): GrantRequest {
  return {
    level: env.DRYDOCK_LEVEL || undefined,
    run: (env.DRYDOCK_RUN ?? '').split(/[\s,]+/).filter(Boolean),
    expression: env.DRYDOCK_EXPRESSION || undefined,
  };
}

/** The widest scope of the granted markers. */
export function scopeOf(granted: readonly string[], registry: Registry): Scope {
  const reaching = registry.markers.filter(({ name }) => granted.includes(name));
  return widestScope(reaching.map(({ scope }) => scope ?? 'none'));
}

function knownMarker(word: string, names: readonly string[]): string {
  const name = names.find((candidate) => candidate === word.replaceAll('_', '-'));
  if (name === undefined)
    throw new UsageError(`Unknown marker '${word}' in DRYDOCK_RUN. ${suggestion(word, names)}`);
  return name;
}
