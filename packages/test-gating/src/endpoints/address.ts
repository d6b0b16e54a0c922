import { isIPv6 } from 'node:net';
import type { Target, TlsTarget } from '@drydock/triage/preflight';
import {
  hostPort,
  type SchemeTls,
  type TlsMode,
  type VariableDefinition,
  WELL_KNOWN_SCHEMES,
} from '@drydock/workspace';
import { readSockets, schemeOf } from './socket-address.js';

const HTTP = ['http:', 'https:'];
/** Between the addresses of a list: a comma or white space, where a new address or nothing but hosts follows. */
const SEPARATOR = /[\s,;]+/;

/** Rules of a package for its addresses. */
export interface AddressRules {
  /** A good address; its port is the usual one. */
  readonly example?: string | undefined;
  /** How its own schemes speak TLS. */
  readonly schemes?: Readonly<Record<string, SchemeTls>>;
  /** Port of an address that is a host alone; without it such a text is none. */
  readonly port?: string | undefined;
}

/** Where an address leads. */
export type Place = Pick<Target, 'host' | 'port' | 'http' | 'tls' | 'socket'>;

/** Rules for the addresses of a variable, whose port may stand in a variable of its own. */
export function rulesOf(
  { example, port }: Pick<VariableDefinition, 'example' | 'port'>,
  env: NodeJS.ProcessEnv,
): AddressRules {
  return { example, ...(port !== undefined && { port: env[port] || String(portOf(example) ?? '') }) };
}

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
 * Every place that a value names: a URL, one with several hosts (`mongodb://a,b/app`), several URLs, `host:port` pairs, or
 * Unix sockets. None for a value of another kind, such as a file's path.
 */
export function readAddresses(value: string, rules: AddressRules = {}): Place[] {
  const urls = value.trim().split(/[\s,;]+(?=[a-z][a-z0-9+.-]*:\/\/|\/)/i);
  const ports = rules.port?.split(SEPARATOR) ?? [];
  return urls.flatMap((url) => {
    const sockets = readSockets(asFolder(url, rules), ports[0] || undefined);
    if (sockets.length > 0) return sockets.map(socketPlace);
    const [, scheme = '', login = '', hosts = '', rest = ''] =
      /^([a-z][a-z0-9+.-]*:\/\/)?((?:[^/?#]*@)?)([^/?#]*)(.*)$/is.exec(url) ?? [];
    return hosts
      .split(SEPARATOR)
      .map((host, index) => (scheme === '' ? withPort(host, ports[index] ?? ports[0]) : host))
      .filter((host) => scheme !== '' || /^(?:\[[^\]]+\]|[^:]+):\d+$/.test(host))
      .flatMap((host) => readAddress(`${scheme || 'tcp://'}${login}${host}${rest}`, rules) ?? []);
  });
}

/** A path in a variable for hosts may be the folder of the socket. */
function asFolder(url: string, { port, example = '' }: AddressRules): string {
  const isFolder = WELL_KNOWN_SCHEMES[schemeOf(example)]?.socketFile !== undefined;
  return port !== undefined && url.startsWith('/') && isFolder ? `${schemeOf(example)}//?host=${url}` : url;
}

function withPort(host: string, port: string | undefined): string {
  if (port && isIPv6(host)) return `[${host}]:${port}`;
  if (!port || !/^(?:[\w.-]+|\[[^\]]+\])$/.test(host)) return host;
  return `${host}:${port}`;
}

function socketPlace(socket: string): Place {
  return { host: socket, port: 0, socket };
}

/** `host:port` pairs of the places that a value names, as rules of the guard, `unix:/path` for sockets; hosts of a name for DNS services as `*.domain`. */
export function endpointsIn(value: string, rules?: AddressRules): string[] {
  return readAddresses(value, rules).flatMap((place) =>
    place.socket !== undefined
      ? [`unix:${place.socket}`]
      : isServiceName(value)
        ? [place.host, place.host.replace(/^[^.]+/, '*')]
        : [hostPort(place)],
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

function portOf(example: string = ''): number | undefined {
  return URL.canParse(example) ? Number(new URL(example).port) || undefined : undefined;
}

/** Whether an allow rule names a Unix socket, which a network namespace does not hold back. */
export function isSocketRule(rule: string): boolean {
  return rule.startsWith('unix:');
}
