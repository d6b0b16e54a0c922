import { type Attempt, type Remedy, socketRule } from '@drydock/network-guard';
import { flagOf, hostPort, LOOPBACK, type Marker, nxCommandOf } from '@drydock/workspace';
import { readAddresses } from '../endpoints/address.js';
import type { GatePolicy, GuardSettings } from '../gate/policy.js';
import { ENDPOINT_LOCK_FILE, isLockedIn } from '../guard/endpoint-lock.js';

const REACHING: readonly Attempt['protocol'][] = ['tcp', 'tls', 'udp', 'dns'];

/** What the refusal of anything but a server says; nothing of it is what the run or the test has already. */
const EXCEPTIONS: Partial<Record<Attempt['protocol'], (attempt: Attempt, opens: Opens) => Remedy>> = {
  listen: ({ host }, { loopback }) =>
    loopback
      ? {
          allow: undefined,
          mock: `listen on 127.0.0.1 in place of ${host}, or call the server's request handler directly`,
        }
      : {
          allow: "{ tags: ['loopback'] }, or drydock({ guard: { loopbackServers: true } })",
          mock: "call the server's request handler directly",
        },
  child: ({ host }, { driven }) => ({
    allow: [
      ...(driven ? [] : ['npx --no-install drydock run, whose network namespace lets any program start']),
      `drydock({ guard: { programs: ['${host}'] } })`,
    ].join(', or '),
    mock: 'hand the code a fake runner',
  }),
  addon: ({ host }) => ({
    allow: `drydock({ guard: { programs: ['${host}'] } })`,
    mock: 'install the addon as a package',
  }),
  inspector: () => ({ allow: 'vitest --inspect, before the first test' }),
  unix: (attempt) => ({
    allow: attempt.api === 'listen' ? undefined : `drydock({ guard: { allow: ['${socketRule(attempt)}'] } })`,
  }),
};

/** What the test that was refused has already. */
interface Opens {
  /** Servers of its own on loopback. */
  readonly loopback: boolean;
  /** A run of `drydock run`, which has a network namespace wherever the system gives one. */
  readonly driven: boolean;
}

/**
 * Describes how to allow a blocked attempt: the marker that the test lacks, the command that grants it, the exception;
 * for a test whose marker reaches that far, what else is missing.
 */
export function describeRefusal(
  attempt: Attempt,
  { registry, guard }: GatePolicy,
  tags: readonly string[] = [],
): Remedy {
  const opens = {
    loopback: (guard?.loopbackServers ?? false) || tags.includes(LOOPBACK.name),
    driven: guard?.driven ?? false,
  };
  const exception = EXCEPTIONS[attempt.protocol];
  if (exception) return exception(attempt, opens);
  if (!REACHING.includes(attempt.protocol)) return {};
  const allow = `npx --no-install drydock run --allow-host ${attempt.host}, or drydock({ guard: { allow: ['${attempt.host}'] } })`;
  const wanted = guard?.providers.includes(attempt.host) ? 'public' : 'lan';
  const reaching = registry.markers.filter(({ scope }) => scope?.includes(wanted));
  const networked = registry.markers.filter(
    ({ name, scope = 'none' }) => scope !== 'none' && tags.includes(name),
  );
  const own = networked.find((marker) => reaching.includes(marker));
  if (own !== undefined) return { missing: missingFor(attempt, own.name, guard), allow };
  const [other] = networked;
  if (other?.scope === 'public' && wanted === 'lan')
    return { missing: missingHost(attempt, reaching), allow };
  const [marker] = reaching;
  if (marker === undefined) return {};
  return {
    marker: `${marker.name}: *.${marker.name}.test.ts, or { tags: ['${marker.name}'] }`,
    flag: `npx --no-install drydock run ${flagOf(marker)}`,
    target: nxCommandOf([marker], registry),
    allow,
  };
}

/** A test of real calls reaches the hosts of providers alone. */
function missingHost({ host }: Attempt, reaching: readonly Marker[]): string {
  const servers = reaching.map(({ name }) => `'${name}'`)[0];
  return `no package has ${host} among its provider's hosts: add it to drydock.hosts of that package.json, or give the test the tag ${servers} too for a server of a variable`;
}

function missingFor({ host, port }: Attempt, marker: string, guard: GuardSettings | undefined): string {
  const place = port === undefined ? host : hostPort({ host, port });
  if (guard?.lock !== undefined && !isLockedIn(guard.lock, [marker], place))
    return `${ENDPOINT_LOCK_FILE} does not list ${place} for ${marker}: npx --no-install drydock run --learn adds it`;
  const usual = guard?.endpoints.find(
    ({ scope, example = '' }) => scope === 'lan' && readAddresses(example)[0]?.port === port,
  );
  const known = usual === undefined ? '' : `, such as ${usual.variable}`;
  return `no variable that is set holds ${place}: set that of the server${known}, or declare one: drydock({ endpoints: ['MY_SERVER_URL'] })`;
}
