import type { Target, TlsTarget } from '@drydock/triage/preflight';
import { UrlSetting } from '../environment/url-setting.js';

/** How protocols with TLS treat a certificate that does not hold. */
const SECURE: Readonly<Record<string, TlsTarget>> = {
  'https:': { verify: true },
  'rediss:': { verify: true },
  'bolt+s:': { verify: true },
  'neo4j+s:': { verify: true },
  'bolt+ssc:': { verify: false },
  'neo4j+ssc:': { verify: false },
};
const POSTGRES = /^postgres(?:ql)?:$/u;
const HTTP_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Host, port and TLS of an address; without a port, HTTP's own or else that of the variable's example. */
export function readAddress(
  address: string,
  example = '',
): Pick<Target, 'host' | 'port' | 'http' | 'tls'> | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new UrlSetting(new URL(address));
  const port = url.port ?? HTTP_PORTS[url.protocol] ?? portOf(example);
  if (url.hostname === '' || port === undefined) return undefined;
  const tls = SECURE[url.protocol] ?? tlsOfPostgres(url);
  return {
    host: url.hostname,
    port,
    ...(url.protocol in HTTP_PORTS && { http: true }),
    ...(tls && { tls }),
  };
}

/** As the driver reads it: https://www.npmjs.com/package/pg-connection-string#tcp-connections */
function tlsOfPostgres(url: UrlSetting): TlsTarget | undefined {
  if (!POSTGRES.test(url.protocol)) return undefined;
  const mode =
    url.parameter('sslmode') ?? (/^(?:1|true)$/u.test(url.parameter('ssl') ?? '') ? 'require' : 'disable');
  if (mode === 'disable') return undefined;
  return { verify: mode !== 'no-verify', after: 'postgres' };
}

function portOf(example: string): number | undefined {
  return URL.canParse(example) ? Number(new URL(example).port) || undefined : undefined;
}
