import type { Target, TlsTarget } from '@drydock/triage/preflight';
import type { SchemeTls, TlsMode } from '@drydock/workspace';

const HTTP_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const HTTP_SCHEMES: Readonly<Record<string, SchemeTls>> = { 'https:': { tls: 'verify' } };

/** Rules of a package for its addresses. */
export interface AddressRules {
  /** A good address; its port is the usual one. */
  readonly example?: string | undefined;
  /** How its own schemes speak TLS. */
  readonly schemes?: Readonly<Record<string, SchemeTls>>;
}

/** Host, port and TLS of an address; without a port, HTTP's own or else that of the example. */
export function readAddress(
  address: string,
  { example = '', schemes = {} }: AddressRules = {},
): Pick<Target, 'host' | 'port' | 'http' | 'tls'> | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (HTTP_PORTS[url.protocol] ?? portOf(example)) : Number(url.port);
  if (host === '' || port === undefined) return undefined;
  const tls = tlsOf(url, { ...HTTP_SCHEMES, ...schemes }[url.protocol]);
  return {
    host,
    port,
    ...(url.protocol in HTTP_PORTS && { http: true }),
    ...(tls && { tls }),
  };
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
