import type { FaultTable } from './fault-table.js';

/** Redis and Valkey: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
export const REDIS: FaultTable = {
  'redis-login': {
    code: 'WRONGPASS|NOAUTH|NOPERM|DENIED',
    message:
      '^(?:(?:WRONGPASS|NOAUTH|NOPERM) |ERR AUTH <password> called without|ERR invalid password|ERR Client sent AUTH|ERR Protocol error: unauthenticated )',
  },
  'wrong-database': { message: '^ERR DB index is out of range' },
  version: {
    when: [
      {
        message:
          "^ERR unknown command ['`](?:H(?:P?EXPIRE(?:AT|TIME)?|P?TTL|PERSIST|GETDEL|GETEX|SETEX)|[BZL]*MPOP|S?INTERCARD|ZINTERCARD|EXPIRETIME|PEXPIRETIME|GETEX|GETDEL|LMOVE|ZMSCORE|ZRANGESTORE|COPY|FUNCTION|FCALL\\w*|SPUBLISH|XAUTOCLAIM|XACKDEL|XDELEX|V(?:ADD|SIM|CARD)|(?:FT|JSON|BF|CF|TS|TOPK|CMS)\\.\\w+)['`]",
      },
    ],
  },
  'disk-full': { code: 'MISCONF', message: '^MISCONF ' },
  'out-of-memory': { code: 'OOM', message: '^OOM command not allowed' },
  'read-only': { code: 'READONLY|NOREPLICAS', message: '^READONLY ' },
  'too-many-connections': { message: '^ERR max number of clients reached' },
  reset: { name: 'MaxRetriesPerRequestError' },
  'starting-up': {
    code: 'LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY',
    message: '^(?:(?:LOADING )?Redis is loading|MASTERDOWN|CLUSTERDOWN) ',
  },
  'wrong-service': { message: '^(?:Unknown RESP type|Protocol error, got)' },
  'family-refused': { name: 'ReplyError', code: 'WRONGTYPE|EXECABORT|NOSCRIPT|CROSSSLOT|NOGROUP' },
};

/** What to do about what Redis refuses, by subclass. */
export const REDIS_REMEDIES = {
  login:
    'Redis refuses the credentials or the user’s rights ({code}): check REDIS_URL and the ACL; then: npx --no-install drydock doctor redis.',
};
