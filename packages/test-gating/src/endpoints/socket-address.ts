import { statSync } from 'node:fs';
import { WELL_KNOWN_SCHEMES } from '@drydock/workspace';

/** Parameters of URLs that hold the path of a socket, as drivers of databases have them. */
const PARAMETERS = ['host', 'socket', 'socketPath', 'socket_path', 'unix_socket', 'unixSocket'];
/** `unix:/x`, `redis+unix:///x`, `http+unix://%2Fx`, `socket:/x`; before the path may stand a login. */
const SCHEME = /^(?:[a-z0-9.-]+[+-])?(?:unix|socket)s?:(?:\/\/)?(?:[^/?#@]*@)?([^?#]*)/i;
/** `http://unix:/x.sock:/path`, as clients of HTTP write it. */
const HTTP_SCHEME = /^https?:\/\/unix:([^:?#]+)/i;
/** A host that is an encoded path: `mongodb://user@%2Ftmp%2Fx.sock/app`. */
const ENCODED_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(%2F[^/?#:,]*)(?::(\d+))?/i;
const LOOKS_LIKE_SOCKET = /\.(?:sock|socket|s\.[A-Z]+\.\d+)$/;

/** The scheme of an address with its colon; empty where it has none. */
export function schemeOf(address: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase() ?? '';
}

/**
 * Paths of the Unix sockets that an address names; none for an address of another kind. Where the scheme's path is a
 * folder, the socket in it is meant.
 *
 * @param port Port that the socket in a folder is named after, where the address has none.
 */
export function readSockets(address: string, port?: string): string[] {
  if (address.startsWith('/')) return isSocket(address) ? [address] : [];
  const http = HTTP_SCHEME.exec(address)?.[1];
  if (http !== undefined) return [http];
  const encoded = ENCODED_HOST.exec(address);
  const own = encoded?.[1] ?? SCHEME.exec(address)?.[1]?.replace(/(?<=.):\/.*$/, '');
  const paths = own ? [decoded(own)] : inParameters(address);
  const named = encoded?.[2] ?? portIn(address) ?? port;
  return paths.filter((path) => path.startsWith('/')).map((path) => inFolder(path, schemeOf(address), named));
}

function inParameters(address: string): string[] {
  // There a parameter is the application's own.
  if (/^https?:/i.test(address)) return [];
  const parameters = new URLSearchParams(queryOf(address));
  return PARAMETERS.flatMap((name) => parameters.getAll(name)).flatMap((value) => value.split(','));
}

function portIn(address: string): string | undefined {
  const named = new URLSearchParams(queryOf(address)).get('port');
  return named ?? /:(\d+)(?=[/?#]|$)/.exec(address)?.[1];
}

function queryOf(address: string): string {
  return /\?([^#]*)/.exec(address)?.[1] ?? '';
}

function inFolder(path: string, scheme: string, port: string | undefined): string {
  const known = WELL_KNOWN_SCHEMES[scheme];
  if (known?.socketFile === undefined || LOOKS_LIKE_SOCKET.test(path)) return path;
  return `${path.replace(/\/$/, '')}/${known.socketFile.replace('{port}', port ?? String(known.port))}`;
}

function isSocket(path: string): boolean {
  return LOOKS_LIKE_SOCKET.test(path) || (statSync(path, { throwIfNoEntry: false })?.isSocket() ?? false);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
