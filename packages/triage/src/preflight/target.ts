/** A login through a backend's own driver: a module that exports `service` with a `probe`. */
export interface ModuleLogin {
  readonly kind: 'module';
  /** Absolute path of the module; imported in the clean process only. */
  readonly module: string;
}

/** A login by one HTTP request that costs nothing, with the key in a header. */
export interface HttpLogin {
  readonly kind: 'http';
  /** Address of the request, without any secret in it. */
  readonly url: string;
  /** Header that carries the key: `authorization`, `x-goog-api-key`. */
  readonly header: string;
  /** Word in front of the key: `Bearer`. @default none */
  readonly scheme?: string;
  /** Variable that holds the key. */
  readonly variable: string;
}

/** How an endpoint speaks TLS. */
export interface TlsTarget {
  /** Whether the driver refuses a certificate that does not hold. */
  readonly verify: boolean;
  /** Protocol whose request for TLS goes before the handshake, in clear: a key of `TLS_PREAMBLES`. @default none */
  readonly after?: string;
}

/** An endpoint to check. */
export interface Target {
  /** Backend or provider: `redis`, `groq`. */
  readonly name: string;
  readonly kind: 'service' | 'provider';
  /** Host name or address; an IPv6 address stands without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path of a Unix socket, in place of host and port. */
  readonly socket?: string;
  /** Absent where the endpoint speaks in clear. */
  readonly tls?: TlsTarget;
  /** Whether HTTP is spoken, so that proxy variables may matter. @default false */
  readonly http?: boolean;
  /** How to log in; without it the check ends with the connection. */
  readonly login?: ModuleLogin | HttpLogin;
  /** Versions that are supported, as a range of npm's kind: `>=6.2`. */
  readonly versions?: string;
}

/** `host:port` of an endpoint as people write it, or `unix:/path`. */
export function endpointOf({ host, port, socket }: Pick<Target, 'host' | 'port' | 'socket'>): string {
  if (socket !== undefined) return `unix:${socket}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
