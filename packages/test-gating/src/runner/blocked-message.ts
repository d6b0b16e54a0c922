import type { Attempt, Remedy } from '@drydock/network-guard';
import { flagOf, nxCommandOf } from '@drydock/workspace';
import type { GatePolicy } from '../gate/policy.js';

const REACHING: readonly Attempt['protocol'][] = ['tcp', 'tls', 'udp', 'dns'];

const EXCEPTIONS: Partial<Record<Attempt['protocol'], (host: string) => string>> = {
  listen: () => "{ tags: ['loopback'] }, or drydock({ guard: { loopbackServers: true } })",
  child: (program) => `drydock({ guard: { programs: ['${program}'] } })`,
};

/** Describes how to allow a blocked attempt: the marker that the test lacks, the command that grants it, the exception. */
export function describeRefusal(attempt: Attempt, { registry, guard }: GatePolicy): Remedy {
  const exception = EXCEPTIONS[attempt.protocol];
  if (exception) return { allow: exception(attempt.host) };
  if (!REACHING.includes(attempt.protocol)) return {};
  const wanted = guard?.providers.includes(attempt.host) ? 'public' : 'lan';
  const marker = registry.markers.find(({ scope }) => scope === wanted);
  if (marker === undefined) return {};
  return {
    marker: `${marker.name}: *.${marker.name}.test.ts, or { tags: ['${marker.name}'] }`,
    flag: `drydock run ${flagOf(marker)}`,
    target: nxCommandOf([marker], registry),
    allow: `drydock run --allow-host ${attempt.host}, or drydock({ guard: { allow: ['${attempt.host}'] } })`,
  };
}
