import { flagOf, type Marker, nxCommandOf, type Registry } from '@drydock/workspace';
import type { Grants } from './grants.js';

/** The gate's answer for one test. */
export type Decision =
  | { readonly kind: 'run' }
  | { readonly kind: 'not-collected' }
  | { readonly kind: 'gated'; readonly missing: readonly string[]; readonly reason: string };

/** Decides whether a test with these markers runs; a test with several markers needs every grant. */
export function decide(markers: readonly string[], grants: Grants, registry: Registry): Decision {
  if (markers.length === 0) return { kind: grants.unmarked ? 'run' : 'not-collected' };
  const missing = neededMarkers(markers, registry).filter(({ name }) => !grants.granted.includes(name));
  if (missing.length === 0) return { kind: 'run' };
  return { kind: 'gated', missing: missing.map(({ name }) => name), reason: gateReason(missing, registry) };
}

/** Markers that must be granted for a test: its own, without those that another of them implies. */
export function neededMarkers(markers: readonly string[], registry: Registry): Marker[] {
  const carried = registry.markers.filter(({ name }) => markers.includes(name));
  const implied = new Set(carried.flatMap(({ implies }) => implies ?? []));
  return carried.filter(({ name }) => !implied.has(name));
}

/** Reason for the ledger and the reporters: `gated: run with --run-integration, or nx run-many -t integration`. */
function gateReason(missing: readonly Marker[], registry: Registry): string {
  const flags = missing.map(flagOf).join(' ');
  const command = nxCommandOf(missing, registry);
  return command === undefined
    ? `gated: run with npx --no-install drydock run ${flags}`
    : `gated: run with ${flags}, or ${command}`;
}
