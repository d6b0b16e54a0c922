import type { Rule } from '../classify/rule.js';

const SOCKET_CALLS =
  'connect|bind|listen|socket|send|sendto|accept|getsockname|getpeername|setsockopt|uv_\\w+';

/** The way to the server: sandbox, names, routes, doors. */
export const NETWORK_RULES: readonly Rule[] = [
  {
    id: 'sandbox-denied',
    class: 'environment',
    subclass: 'sandbox',
    remedy:
      'This process may not use sockets. Ask for network access for this command, or run what needs none: npm test.',
    when: [
      { code: 'EPERM|ENOTSUP|EAFNOSUPPORT', syscall: SOCKET_CALLS },
      { code: 'EPERM', kind: 'connection|unavailable|configured-unreachable' },
      { code: 'EPERM', message: '(?:^|[: ])(?:connect|listen|bind) EPERM|; nothing was sent, ' },
      { code: 'ENETUNREACH|EADDRNOTAVAIL', message: ' (?:127\\.[\\d.]+|::1)(?::\\d|$)' },
      { code: 'ERR_ACCESS_DENIED', message: '(?:net|dns|socket|connect)' },
    ],
  },
  {
    id: 'dns-no-resolver',
    class: 'environment',
    subclass: 'dns',
    remedy:
      'No name server answers here: check /etc/resolv.conf, the network, or whether a sandbox keeps names from being resolved.',
    when: [
      {
        code: 'ECONNREFUSED|ETIMEOUT|ETIMEDOUT|ESERVFAIL|EREFUSED',
        syscall: 'query\\w*|getHostByAddr|reverse',
      },
    ],
  },
  {
    id: 'dns',
    class: 'environment',
    subclass: 'dns',
    remedy:
      'The name of {endpoint} cannot be resolved: check the host in its variable, the network, or whether only a proxy leads out.',
    when: [
      { code: 'ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME|EAI_FAIL' },
      { code: 'ENODATA|ENONAME|ESERVFAIL|EBADRESP', syscall: 'query\\w*' },
    ],
  },
  {
    id: 'refused',
    class: 'environment',
    subclass: 'refused',
    remedy: 'Nothing listens at {endpoint}: start the server, or correct its variable; then: drydock doctor.',
    when: [{ code: 'ECONNREFUSED' }],
  },
  {
    id: 'routing',
    class: 'environment',
    subclass: 'routing',
    remedy: 'No way leads to {endpoint}: check network, VPN, firewall and the address; then: drydock doctor.',
    when: [
      { code: 'ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT' },
      { code: 'EACCES|ETIMEDOUT', syscall: 'connect|sendto?' },
      { code: 'EACCES', kind: 'connection|configured-unreachable' },
      { code: 'ETIMEDOUT', outcome: 'not_sent' },
    ],
  },
  {
    id: 'proxy',
    class: 'environment',
    subclass: 'proxy',
    remedy: 'A proxy stands in the way: check HTTPS_PROXY, NO_PROXY and NODE_USE_ENV_PROXY.',
    when: [
      { status: [407] },
      { message: '^(?:407 |Request failed with status code 407|Response code 407)' },
      { message: 'Proxy response|tunneling socket could not be established|HTTP Tunneling' },
    ],
  },
  {
    id: 'reset',
    class: 'environment',
    subclass: 'reset',
    remedy:
      'The server, or what stands before it, closed the connection: look at its log, its memory and its limits.',
    confidence: 0.8,
    passing: true,
    when: [
      { code: 'ECONNABORTED', message: '^(?!timeout of|\\w+ \\w+ failed[^]*no answer in time)' },
      { code: 'ETIMEDOUT', syscall: 'read|write' },
      { code: 'ECONNRESET|EPIPE|UND_ERR_SOCKET|NOT_WRITABLE|CONNECTION_CLOSED|SessionExpired' },
      { code: '08(?:000|003|006|001|004)' },
      {
        name: 'Error',
        message: '^(?:Connection terminated unexpectedly|socket hang up$|other side closed$)',
      },
      { name: 'MaxRetriesPerRequestError' },
    ],
  },
  {
    id: 'port-in-use',
    class: 'environment',
    subclass: 'port-in-use',
    remedy: 'Another process has {endpoint}: end it, or let the test listen on port 0.',
    when: [{ code: 'EADDRINUSE' }],
  },
  {
    id: 'starting-up',
    class: 'environment',
    subclass: 'starting-up',
    remedy: 'The server is starting or stopping: wait until it is ready; then: drydock doctor.',
    passing: true,
    when: [
      {
        code: 'LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|57P0[1235]|Neo\\.TransientError\\.General\\.DatabaseUnavailable|HTTP_50[234]',
      },
      {
        message:
          '^(?:LOADING|MASTERDOWN|CLUSTERDOWN) |the database system is (?:starting up|shutting down)|terminating connection due to administrator command|Not Ready or Lagging',
      },
    ],
  },
  {
    id: 'wrong-service',
    class: 'environment',
    subclass: 'wrong-service',
    remedy: 'What answers at {endpoint} is another kind of server: check host and port in the variable.',
    when: [
      { code: 'HPE_\\w+|NOT_REDIS|NOT_BOLT|ProtocolError' },
      {
        message:
          '^(?:Unknown RESP type|Protocol error, got)|responded HTTP|unknown Bolt protocol|Expected HTTP/',
      },
    ],
  },
  {
    id: 'provider-unreachable',
    class: 'environment',
    subclass: 'unreachable',
    remedy: 'The provider could not be reached; its SDK does not say why: drydock doctor tells.',
    confidence: 0.6,
    when: [
      { message: 'Error fetching from \\S+: fetch failed$' },
      { message: '^Unable to make request: TypeError: fetch failed' },
    ],
  },
  {
    id: 'service-unavailable',
    class: 'environment',
    subclass: 'unavailable',
    remedy: 'The server could not be had; the message names each way that was tried. Then: drydock doctor.',
    when: [
      { name: 'ServiceError', kind: 'configured-unreachable|unavailable' },
      { code: 'ServiceUnavailable' },
    ],
  },
];
