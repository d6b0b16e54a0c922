import type { Target, TlsTarget } from '@drydock/triage/preflight';
import { hostPort, type SchemeTls, type TlsMode, WELL_KNOWN_SCHEMES } from '@drydock/workspace';

const HTTP = ['http:', 'https:'];
/** Between the addresses of a list: a comma or white space, where a new address or nothing but hosts follows. */
const SEPARATOR = /[\s,;]+/;

/** Rules of a package for its addresses. */
export interface AddressRules {
  /** A good address; its port is the usual one. */
  readonly example?: string | undefined;
  /** How its own schemes speak TLS. */
  readonly schemes?: Readonly<Record<string, SchemeTls>>;
}

/** Where an address leads. */
export type Place = Pick<Target, 'host' | 'port' | 'http' | 'tls'>;

/** Host, port and TLS of an address; without a port, HTTP's own or else that of the example. */
export function readAddress(
  address: string,
  { example = '', schemes = {} }: AddressRules = {},
): Place | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port =
    url.port === '' ? (WELL_KNOWN_SCHEMES[url.protocol]?.port ?? portOf(example)) : Number(url.port);
  if (host === '' || port === undefined) return undefined;
  const tls = tlsOf(url, { ...WELL_KNOWN_SCHEMES, ...schemes }[url.protocol]);
  return {
    host,
    port,
    ...(HTTP.includes(url.protocol) && { http: true }),
    ...(tls && { tls }),
  };
}

/**
 * Every place that a value names: a URL, one with several hosts (`mongodb://a,b/app`), several URLs, or `host:port` pairs.
 * None for a value of another kind, such as a file's path.
 */
export function readAddresses(value: string, rules: AddressRules = {}): Place[] {
  const urls = value.trim().split(/[\s,;]+(?=[a-z][a-z0-9+.-]*:\/\/)/i);
  return urls.flatMap((url) => {
    const [, scheme = '', login = '', hosts = '', rest = ''] =
      /^([a-z][a-z0-9+.-]*:\/\/)?((?:[^/?#]*@)?)([^/?#]*)(.*)$/is.exec(url) ?? [];
    return hosts
      .split(SEPARATOR)
      .filter((host) => scheme !== '' || /^(?:\[[^\]]+\]|[^:]+):\d+$/.test(host))
      .flatMap((host) => readAddress(`${scheme || 'tcp://'}${login}${host}${rest}`, rules) ?? []);
  });
}

/** `host:port` pairs of the places that a value names, as rules of the guard; hosts of a name for DNS services as `*.domain`. */
export function endpointsIn(value: string, rules?: AddressRules): string[] {
  return readAddresses(value, rules).flatMap((place) =>
    isServiceName(value) ? [place.host, place.host.replace(/^[^.]+/, '*')] : [hostPort(place)],
  );
}

/** Whether the host of a URL is looked up by SRV records, so that the hosts behind it are others of its domain. */
function isServiceName(value: string): boolean {
  return /^[a-z][a-z0-9.-]*\+srv:/i.test(value.trim());
}

function tlsOf(url: URL, scheme: SchemeTls = {}): TlsTarget | undefined {
  const mode = modeByParameter(url, scheme) ?? scheme.tls ?? 'none';
  if (mode === 'none') return undefined;
  return { verify: mode === 'verify', ...(scheme.after !== undefined && { after: scheme.after }) };
}

function modeByParameter({ searchParams }: URL, { parameters = {} }: SchemeTls): TlsMode | undefined {
  const name = Object.keys(parameters).find((each) => searchParams.has(each));
  const modes = parameters[name ?? ''] ?? {};
  return modes[searchParams.get(name ?? '') ?? ''] ?? modes['*'];
}

function portOf(example: string): number | undefined {
  return URL.canParse(example) ? Number(new URL(example).port) || undefined : undefined;
}

/** Whether an allow rule names a Unix socket, which a network namespace does not hold back. */
export function isSocketRule(rule: string): boolean {
  return rule.startsWith('unix:');
}
