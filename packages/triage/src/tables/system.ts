import type { FaultTable } from './fault-table.js';

const SOCKET_CALLS =
  'connect|bind|listen|socket|send|sendto|accept|getsockname|getpeername|setsockopt|uv_\\w+';

/** Operating systems, Node and its HTTP clients: https://nodejs.org/api/errors.html#common-system-errors */
export const SYSTEM: FaultTable = {
  'sandbox-denied': {
    when: [
      { code: 'EPERM|ENOTSUP|EAFNOSUPPORT', syscall: SOCKET_CALLS },
      { code: 'EPERM', kind: 'connection|unavailable|configured-unreachable' },
      { code: 'EPERM', message: '(?:^|[: ])(?:connect|listen|bind) EPERM|; nothing was sent, ' },
      { code: 'ENETUNREACH|EADDRNOTAVAIL', message: ' (?:127\\.[\\d.]+|::1)(?::\\d|$)' },
      { code: 'ERR_ACCESS_DENIED', message: '(?:net|dns|socket|connect)' },
    ],
  },
  'dns-no-resolver': {
    when: [
      {
        code: 'ECONNREFUSED|ETIMEOUT|ETIMEDOUT|ESERVFAIL|EREFUSED',
        syscall: 'query\\w*|getHostByAddr|reverse',
      },
    ],
  },
  dns: {
    code: 'ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME|EAI_FAIL',
    when: [{ code: 'ENODATA|ENONAME|ESERVFAIL|EBADRESP', syscall: 'query\\w*' }],
  },
  refused: { code: 'ECONNREFUSED' },
  routing: {
    code: 'ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT',
    when: [
      { code: 'EACCES|ETIMEDOUT', syscall: 'connect|sendto?' },
      { code: 'EACCES', kind: 'connection|configured-unreachable' },
      { code: 'ETIMEDOUT', outcome: 'not_sent' },
    ],
  },
  proxy: { message: 'Proxy response|tunneling socket could not be established|HTTP Tunneling' },
  reset: {
    code: 'ECONNRESET|EPIPE|UND_ERR_SOCKET',
    when: [
      { code: 'ECONNABORTED', message: '^(?!timeout of|\\w+ \\w+ failed[^]*no answer in time)' },
      { code: 'ETIMEDOUT', syscall: 'read|write' },
      { name: 'Error', message: '^(?:socket hang up$|other side closed$)' },
    ],
  },
  'port-in-use': { code: 'EADDRINUSE' },
  'wrong-service': { code: 'HPE_\\w+', message: 'Expected HTTP/' },
  'disk-full': { code: 'ENOSPC|EDQUOT', message: 'No space left on device' },
  'out-of-memory': {
    code: 'ENOMEM|ERR_WORKER_OUT_OF_MEMORY',
    message: 'JavaScript heap out of memory|reached memory limit',
  },
  'read-only': { code: 'EROFS' },
  // Drivers of any server.
  version: {
    message:
      '(?:server (?:version )?(?:is )?too old|requires (?:a )?server version|unsupported server version|minimum supported (?:wire )?version|does not support the minimum|unsupported frontend protocol|server does not support any of the bolt|is older than the supported)',
  },
  'too-many-files': { code: 'EMFILE|ENFILE' },
  deadline: {
    when: [
      { code: 'ECONNABORTED|ETIMEDOUT|UND_ERR_(?:HEADERS|BODY)_TIMEOUT', complete: true },
      { name: 'TimeoutError', root: true, complete: true },
    ],
  },
};
