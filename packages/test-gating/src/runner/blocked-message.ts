import type { Attempt, Remedy } from '@drydock/network-guard';
import { flagOf, hostPort, nxCommandOf } from '@drydock/workspace';
import { readAddresses } from '../endpoints/address.js';
import type { GatePolicy, GuardSettings } from '../gate/policy.js';
import { ENDPOINT_LOCK_FILE, isLockedIn } from '../guard/endpoint-lock.js';

const REACHING: readonly Attempt['protocol'][] = ['tcp', 'tls', 'udp', 'dns'];

const EXCEPTIONS: Partial<Record<Attempt['protocol'], (host: string) => string>> = {
  listen: () => "{ tags: ['loopback'] }, or drydock({ guard: { loopbackServers: true } })",
  child: (program) =>
    `drydock run, whose network namespace lets any program start, or drydock({ guard: { programs: ['${program}'] } })`,
};

/**
 * Describes how to allow a blocked attempt: the marker that the test lacks, the command that grants it, the exception;
 * for a test whose marker reaches that far, what else is missing.
 */
export function describeRefusal(
  attempt: Attempt,
  { registry, guard }: GatePolicy,
  tags: readonly string[] = [],
): Remedy {
  const exception = EXCEPTIONS[attempt.protocol];
  if (exception) return { allow: exception(attempt.host) };
  if (!REACHING.includes(attempt.protocol)) return {};
  const allow = `drydock run --allow-host ${attempt.host}, or drydock({ guard: { allow: ['${attempt.host}'] } })`;
  const wanted = guard?.providers.includes(attempt.host) ? 'public' : 'lan';
  const reaching = registry.markers.filter(({ scope }) => scope?.includes(wanted));
  const own = reaching.find(({ name }) => tags.includes(name));
  if (own !== undefined) return { missing: missingFor(attempt, own.name, guard), allow };
  const [marker] = reaching;
  if (marker === undefined) return {};
  return {
    marker: `${marker.name}: *.${marker.name}.test.ts, or { tags: ['${marker.name}'] }`,
    flag: `drydock run ${flagOf(marker)}`,
    target: nxCommandOf([marker], registry),
    allow,
  };
}

function missingFor({ host, port }: Attempt, marker: string, guard: GuardSettings | undefined): string {
  const place = port === undefined ? host : hostPort({ host, port });
  if (guard?.lock !== undefined && !isLockedIn(guard.lock, [marker], place))
    return `${ENDPOINT_LOCK_FILE} does not list ${place} for ${marker}: drydock run --learn adds it`;
  const usual = guard?.endpoints.find(
    ({ scope, example = '' }) => scope === 'lan' && readAddresses(example)[0]?.port === port,
  );
  const known = usual === undefined ? '' : `, such as ${usual.variable}`;
  return `no variable that is set holds ${place}: set that of the server${known}, or declare one: drydock({ endpoints: ['MY_SERVER_URL'] })`;
}
