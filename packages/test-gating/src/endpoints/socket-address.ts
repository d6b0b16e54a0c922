import { statSync } from 'node:fs';

const POSTGRES_PORT = '5432';
const POSTGRES = /^(?:postgres(?:ql)?|socket):/i;
/** Parameters of URLs that hold the path of a socket: libpq, drivers of MySQL, of MongoDB and of Redis. */
const PARAMETERS = ['host', 'socket', 'socketPath', 'socket_path', 'unix_socket', 'unixSocket'];
/** `unix:/x`, `redis+unix:///x`, `http+unix://%2Fx`, `socket:/x`; before the path may stand a login. */
const SCHEME = /^(?:[a-z0-9.-]+\+)?(?:unix|socket|redis-socket)s?:(?:\/\/)?(?:[^/?#@]*@)?([^?#]*)/i;
/** `http://unix:/x.sock:/path`, as clients of HTTP write it. */
const HTTP_SCHEME = /^https?:\/\/unix:([^:?#]+)/i;
/** A host that is an encoded path: `postgresql://user@%2Fvar%2Frun%2Fpostgresql/app`. */
const ENCODED_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(%2F[^/?#:,]*)(?::(\d+))?/i;
const LOOKS_LIKE_SOCKET = /\.(?:sock|socket|s\.PGSQL\.\d+)$/;

/**
 * Paths of the Unix sockets that an address names; none for an address of another kind. PostgreSQL's names the folder of
 * the socket.
 *
 * @param port Port that PostgreSQL's socket is named after, where the address has none.
 */
export function readSockets(address: string, port: string = POSTGRES_PORT): string[] {
  if (address.startsWith('/')) return isSocket(address) ? [address] : inFolder(address, address, port);
  const http = HTTP_SCHEME.exec(address)?.[1];
  if (http !== undefined) return [http];
  const encoded = ENCODED_HOST.exec(address);
  const own = encoded?.[1] ?? SCHEME.exec(address)?.[1]?.replace(/(?<=.):\/.*$/, '');
  const paths = own ? [decoded(own)] : inParameters(address);
  return paths
    .filter((path) => path.startsWith('/'))
    .flatMap((path) =>
      POSTGRES.test(address) ? inFolder(path, address, encoded?.[2] ?? portIn(address) ?? port) : path,
    );
}

function inParameters(address: string): string[] {
  // There a parameter is the application's own.
  if (/^https?:/i.test(address)) return [];
  const query = /\?([^#]*)/.exec(address)?.[1];
  if (query === undefined) return [];
  const parameters = new URLSearchParams(query);
  return PARAMETERS.flatMap((name) => parameters.getAll(name)).flatMap((value) => value.split(','));
}

function portIn(address: string): string | undefined {
  const query = /\?([^#]*)/.exec(address)?.[1] ?? '';
  return new URLSearchParams(query).get('port') ?? /:(\d+)(?=[/?#]|$)/.exec(address)?.[1];
}

/** PostgreSQL's socket in a folder; none where a bare path is another file, such as a database of SQLite. */
function inFolder(path: string, address: string, port: string): string[] {
  if (LOOKS_LIKE_SOCKET.test(path)) return [path];
  if (path === address && !isFolderOfSocket(path, port)) return [];
  return [`${path.replace(/\/$/, '')}/.s.PGSQL.${port}`];
}

function isFolderOfSocket(path: string, port: string): boolean {
  return /(?:^|\/)(?:postgresql|pgsql)\/?$/.test(path) || kindOf(`${path}/.s.PGSQL.${port}`) === 'socket';
}

function isSocket(path: string): boolean {
  return LOOKS_LIKE_SOCKET.test(path) || kindOf(path) === 'socket';
}

function kindOf(path: string): 'socket' | undefined {
  try {
    return statSync(path).isSocket() ? 'socket' : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
