import { askForNetwork } from './escalation.js';
import type { Observations, SandboxKind, SandboxReport } from './report.js';

/** Result of looking public names up; see `nameEvidence`. */
export interface NameEvidence {
  /** Number of names that were looked up. */
  readonly asked: number;
  /** Codes of those that did not resolve. */
  readonly codes: readonly string[];
}

interface Sign {
  readonly kind: Exclude<SandboxKind, 'none'>;
  readonly when: (seen: Observations, names: NameEvidence) => boolean;
  readonly evidence: (seen: Observations, names: NameEvidence) => string;
  readonly remedy?: (seen: Observations) => string;
}

/** Codes with which a sandbox denies a call. */
export const DENIED = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EAFNOSUPPORT',
  'EPROTONOSUPPORT',
  'ERR_ACCESS_DENIED',
]);
const UNREACHABLE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN']);

/** Kinds of sandbox in the order in which they are tried: from the limit nearest to the process outwards. */
const SIGNS: readonly Sign[] = [
  {
    kind: 'seccomp',
    when: ({ loopback, seccomp }) => DENIED.has(loopback) && seccomp === 2,
    evidence: (seen) =>
      `the sandbox denies sockets (${seen.loopback} on loopback, seccomp filter)${lostOutput(seen)}`,
  },
  {
    kind: 'denied-sockets',
    when: ({ loopback }) => DENIED.has(loopback),
    evidence: (seen) => `the sandbox denies sockets (${seen.loopback} on loopback)${lostOutput(seen)}`,
  },
  {
    kind: 'proxy-only',
    when: (seen) => seen.localProxy && seen.loopback === 'ok' && isCutOff(seen),
    evidence: ({ proxies }) => `nothing but a proxy leads out (${proxies.join(', ')})`,
    remedy: throughProxy,
  },
  {
    kind: 'empty-network-namespace',
    when: ({ loopback, interfaces }) => UNREACHABLE.has(loopback) || interfaces?.length === 0,
    evidence: ({ loopback }) =>
      loopback === 'ok'
        ? 'an empty network namespace: no interface but loopback'
        : `an empty network namespace: loopback is down (${loopback})`,
  },
  {
    kind: 'proxy-only',
    when: (seen, names) => seen.proxies.length > 0 && (isCutOff(seen) || noneResolves(names)),
    evidence: ({ proxies }) => `nothing but a proxy leads out (${proxies.join(', ')})`,
    remedy: throughProxy,
  },
  {
    kind: 'no-route',
    when: isCutOff,
    evidence: ({ routes }) => `no route leads out (${routes.ipv4})`,
  },
  {
    kind: 'mirror-only',
    when: ({ mirrors }, names) => mirrors.length > 0 && noneResolves(names),
    evidence: ({ mirrors }, { codes }) =>
      `public names do not resolve (${codes[0]}); only a package mirror is set up (${mirrors.join(', ')})`,
  },
  {
    kind: 'no-dns',
    when: ({ nameservers }, names) => nameservers === 0 || noneResolves(names),
    evidence: ({ nameservers }, { codes }) =>
      nameservers === 0 ? '/etc/resolv.conf names no server' : `public names do not resolve (${codes[0]})`,
  },
];

/** Concludes the kind of sandbox from observations, with the evidence and what to ask for. */
export function concludeSandbox(
  observations: Observations,
  names: NameEvidence = { asked: 0, codes: [] },
): SandboxReport {
  const sign = SIGNS.find(({ when }) => when(observations, names));
  if (sign === undefined) return { kind: 'none', evidence: openGround(observations), observations };
  return {
    kind: sign.kind,
    evidence: `${sign.evidence(observations, names)}${hinted(observations)}`,
    remedy: sign.remedy?.(observations) ?? askForNetwork(observations.hints),
    observations,
  };
}

/** A probe that only took too long on a busy machine does not count. */
function isCutOff({ routes }: Observations): boolean {
  return [routes.ipv4, routes.ipv6].every((code) => UNREACHABLE.has(code) || DENIED.has(code));
}

/** One name that does not exist may be misspelt; several of which none resolves mean that DNS is missing. */
function noneResolves({ asked, codes }: NameEvidence): boolean {
  return asked > 0 && codes.length === asked;
}

function throughProxy({ nodeUsesProxies, hints }: Observations): string {
  return nodeUsesProxies
    ? askForNetwork(hints)
    : 'Set NODE_USE_ENV_PROXY=1 (Node 22.21, 24.5 or later) so that HTTPS goes through the proxy; servers that speak no HTTP stay out of reach.';
}

// The guard repairs the streams of every process that it is in.
function lostOutput({ losesOutput }: Observations): string {
  return losesOutput ? '; a Node program without the guard loses what it prints into a pipe' : '';
}

function openGround({ listen }: Observations): string {
  return listen === 'ok'
    ? 'none found: loopback answers, a route leads out'
    : `a route leads out, but listening on loopback fails (${listen})`;
}

function hinted({ hints }: Observations): string {
  return hints.length === 0 ? '' : `; ${hints.map(({ variable }) => variable).join(', ')} is set`;
}
