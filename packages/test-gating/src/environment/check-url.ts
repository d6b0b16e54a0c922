import type { VariableDefinition } from '@drydock/workspace';

const MAX_PORT = 65_535;

/** Between the URLs of a variable that may hold several. */
const BETWEEN_URLS = /[\s,;]+(?=[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;
/** A Unix socket in place of a host: as the scheme, as an encoded host, or as a parameter. */
const SOCKET =
  /^\/.*\.sock$|^(?:[a-z0-9.-]+\+)?(?:unix|socket):(?:\/\/[^/?#]*)?\/|^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(?:%2F|\/?[^?#]*\?(?:[^#]*&)?(?:host|socket(?:_?path)?|unix_?socket)=(?:\/|%2F))/i;

/** Says what is wrong with a URL without quoting any of it, or nothing when it is well-formed. */
export function problemOfUrl(value: string, definition: VariableDefinition): string | undefined {
  if (!definition.several) return problemOfOne(value, definition);
  return value
    .split(BETWEEN_URLS)
    .map((url) => problemOfOne(url, definition))
    .find((problem) => problem !== undefined);
}

function problemOfOne(value: string, { protocols, several }: VariableDefinition): string | undefined {
  if (several && SOCKET.test(value)) return undefined;
  const match = /^([A-Za-z][A-Za-z0-9+.-]*:)\/\/(.*)$/s.exec(value);
  if (match === null)
    return `is not a URL${protocols === undefined ? '' : `; it must begin with ${listed(protocols)}`}`;
  const [, protocol = '', rest = ''] = match;
  if (protocols !== undefined && !protocols.includes(protocol.toLowerCase())) {
    return `has the wrong protocol; it must begin with ${listed(protocols)}`;
  }
  if (SOCKET.test(value)) return undefined;
  if (several) return problemOfAuthority(rest, (list) => problemOfHosts(list, protocol));
  return problemOfAuthority(rest) ?? problemOfParsing(value);
}

function problemOfAuthority(rest: string, judgeHost = problemOfHost): string | undefined {
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  if (authority.indexOf('@') !== at)
    return 'has an unencoded @ in its user name or password; write it as %40';
  if (at === -1 && hidesLogin(authority, rest)) {
    return 'has an unencoded /, ? or # in its user name or password; write them as %2F, %3F and %23';
  }
  if (hasBrokenEscape(authority.slice(0, Math.max(0, at)))) {
    return 'has a % in its user name or password that begins no escape; write it as %25';
  }
  return judgeHost(authority.slice(at + 1));
}

/** Whether an unencoded character cut the login: the part after the first colon is not a port, and an @ follows later. */
function hidesLogin(authority: string, rest: string): boolean {
  if (!rest.slice(authority.length).includes('@')) return false;
  const colon = authority.indexOf(':');
  return !authority.startsWith('[') && colon !== -1 && !/^\d{1,5}$/.test(authority.slice(colon + 1));
}

function problemOfHost(hostAndPort: string): string | undefined {
  const match = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(hostAndPort);
  if (match === null) return 'has more than one host and port, or an IPv6 address without brackets';
  const [, host = '', port] = match;
  if (host === '') return 'has no host';
  if (port === undefined) return undefined;
  if (!/^\d+$/.test(port)) return 'has a port that is not a number';
  return Number(port) >= 1 && Number(port) <= MAX_PORT ? undefined : `has a port outside 1 to ${MAX_PORT}`;
}

function problemOfParsing(url: string): string | undefined {
  return URL.canParse(url) ? undefined : 'has a host that is not valid';
}

function problemOfHosts(list: string, protocol: string): string | undefined {
  const problems = list
    .split(',')
    .map((host) => problemOfHost(host) ?? problemOfParsing(`${protocol}//${host}`));
  return problems.find((problem) => problem !== undefined);
}

function hasBrokenEscape(login: string): boolean {
  try {
    decodeURIComponent(login);
    return false;
  } catch {
    return true;
  }
}

function listed(protocols: readonly string[]): string {
  return protocols.map((protocol) => `${protocol}//`).join(' or ');
}
