import { connection, doubtful, type FaultRule, refusal, timeout, unsent } from './fault-rule.js';

/** The connection broke after something had been sent over it. */
export const LOST = doubtful(connection('the connection was lost; look at the server and at the network'));
/** The server takes too long to answer. */
export const SLOW = doubtful(timeout('no answer in time; look at the load of the server'));

const NO_ROUTE = unsent(connection('there is no route to the host; check host, port and firewalls'));
const FORBIDDEN = unsent(refusal('this process may not open network connections'));
/** TLS was not established, so that nothing was sent. */
export const TLS = unsent(
  refusal('TLS could not be established; check the tls option, the port and the certificates'),
);

/** By the `code` of Node's errors. */
const NETWORK_RULES: Readonly<Record<string, FaultRule>> = {
  ECONNREFUSED: unsent(connection('nothing listens there; check host, port and whether the server runs')),
  ENOTFOUND: unsent(connection('the host name is not known; check the host')),
  EAI_AGAIN: unsent(connection('the host name could not be looked up now; check the host and the resolver')),
  EHOSTUNREACH: NO_ROUTE,
  EHOSTDOWN: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  ECONNRESET: LOST,
  ECONNABORTED: LOST,
  EPIPE: LOST,
  ETIMEDOUT: SLOW,
};

const TLS_CODE = /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO$|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** What a code of Node's sockets or of TLS means; a backend's own table goes first. */
export function networkRule(
  code: string,
  own: Readonly<Record<string, FaultRule>> = {},
): FaultRule | undefined {
  if (Object.hasOwn(own, code)) return own[code];
  if (Object.hasOwn(NETWORK_RULES, code)) return NETWORK_RULES[code];
  return TLS_CODE.test(code) ? TLS : undefined;
}
