import { flagOf, type Marker, type Registry, targetOf } from '../markers/registry.js';
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
  return { kind: 'gated', missing: missing.map(({ name }) => name), reason: gateReason(missing) };
}

/** The markers a test must be granted: its own, without those that another of them implies. */
export function neededMarkers(markers: readonly string[], registry: Registry): Marker[] {
  const carried = registry.markers.filter(({ name }) => markers.includes(name));
  const implied = new Set(carried.flatMap(({ implies }) => implies ?? []));
  return carried.filter(({ name }) => !implied.has(name));
}

/** `needs --run-integration or the Nx target integration`, as the ledger and the reporters show it. */
export function gateReason(missing: readonly Marker[]): string {
  const flags = missing.map(flagOf).join(' ');
  const [first, ...others] = missing;
  const target = first === undefined ? '' : targetOf(first);
  const added = others.length === 0 ? '' : ` with DRYDOCK_RUN=${others.map(({ name }) => name).join(',')}`;
  return `gated: run with ${flags}, or nx run-many -t ${target}${added}`;
}
