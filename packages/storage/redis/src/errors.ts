import type { Fault } from '@drydock/storage';

type Row = Omit<Fault, 'code' | 'outcome'> & { readonly outcome?: Fault['outcome'] };

const unavailable = (detail: string): Row => ({ kind: 'connection', retriable: true, detail });
const denied = (detail: string): Row => ({ kind: 'connection', retriable: false, detail });
const refused = (detail: string): Row => ({ kind: 'query', retriable: false, detail });

/** Error replies of the server, by their first word; an unlisted one is a query fault. */
const REPLIES: Readonly<Record<string, Row>> = {
  LOADING: unavailable('the server is loading its data; wait for it'),
  MASTERDOWN: unavailable('the replica has lost its master; wait for the failover'),
  CLUSTERDOWN: unavailable('the cluster does not serve this slot; look at CLUSTER INFO'),
  TRYAGAIN: unavailable('the slot is being moved between nodes'),
  READONLY: unavailable('the server is a read-only replica; a failover may be under way'),
  NOREPLICAS: unavailable('too few replicas are in reach for a write'),
  BUSY: unavailable('the server is busy with a script'),
  WRONGPASS: denied('the server refused the user name or password; check the credentials'),
  NOAUTH: denied('the server asks for a password; configure one'),
  NOPERM: denied("the user's ACL does not allow the command or the key"),
  WRONGTYPE: {
    kind: 'data',
    retriable: false,
    detail: 'the key holds another type; was it written by something else?',
  },
  OOM: refused('the server is at its memory limit; raise maxmemory or let records expire'),
  MISCONF: refused('the server cannot save to disk and refuses writes; look at its log'),
  NOSCRIPT: refused('the server does not know the script'),
  CROSSSLOT: refused('keys of one request lie in several Cluster slots; configure `cluster`'),
  MOVED: refused('the server is a node of a Cluster; configure `cluster`'),
  EXECABORT: refused('the server gave up the transaction'),
  ERR: refused('the server refused the command; is it Redis 6.2 or Valkey, or newer?'),
};

/** Errors of sockets and name resolution that come before anything is sent. */
const BEFORE_SENDING: Readonly<Record<string, Row>> = {
  ECONNREFUSED: unavailable('nothing listens there; is the server up and the port right?'),
  ENOTFOUND: unavailable('the host name is not known; check the URL'),
  EAI_AGAIN: unavailable('the host name could not be looked up now'),
  EHOSTUNREACH: unavailable('there is no route to the host'),
  ENETUNREACH: unavailable('there is no route to the network'),
  EPERM: denied('this process may not open network connections'),
  EACCES: denied('this process may not open network connections'),
};

/** Errors of an established connection. */
const WHILE_CONNECTED: Readonly<Record<string, Row>> = {
  ECONNRESET: unavailable('the server closed the connection'),
  ECONNABORTED: unavailable('the connection was given up'),
  EPIPE: unavailable('the server closed the connection'),
  ETIMEDOUT: { kind: 'timeout', retriable: true, detail: 'the host did not answer' },
};

/** Errors that ioredis makes itself, by the start of their text. */
const OWN: readonly (readonly [start: string, code: string, row: Row])[] = [
  [
    "Stream isn't writeable",
    'NOT_WRITABLE',
    { ...unavailable('there is no connection now'), outcome: 'not_sent' },
  ],
  [
    'Command timed out',
    'COMMAND_TIMEOUT',
    { kind: 'timeout', retriable: true, detail: 'no reply within commandTimeoutMs' },
  ],
  ['Connection is closed', 'CONNECTION_CLOSED', unavailable('the connection was lost')],
  ['Command aborted due to connection close', 'CONNECTION_CLOSED', unavailable('the connection was lost')],
  ['Reached the max retries per request', 'CONNECTION_CLOSED', unavailable('the connection was lost')],
  ['Failed to refresh slots cache', 'CLUSTER_SLOTS', unavailable('no node of the cluster told its slots')],
  ['None of startup nodes', 'CLUSTER_SLOTS', unavailable('no seed node of the cluster is in reach')],
  ['Socket timeout', 'SILENT', unavailable('the server owed a reply for longer than silenceTimeoutMs')],
  ['Unknown RESP type', 'NOT_REDIS', denied('what answers there does not speak Redis; check host and port')],
  [
    'Cluster isn',
    'NOT_WRITABLE',
    { ...unavailable('there is no connection to the cluster now'), outcome: 'not_sent' },
  ],
];

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** Reduces an error of ioredis to a fault; its text, which may hold a command's arguments, stays behind. */
export function redisFault(error: unknown, sent: boolean): Fault {
  const unanswered = sent ? 'unknown' : 'not_sent';
  const { name, message, code, lastNodeError } = facts(error);
  if (name === 'ReplyError') {
    const word = /^-?([A-Z]+)\b/.exec(message)?.[1] ?? 'ERR';
    return { outcome: 'rejected', ...(REPLIES[word] ?? (REPLIES.ERR as Row)), code: word, status: word };
  }
  if (name === 'ClusterAllFailedError' && lastNodeError) return redisFault(lastNodeError, sent);
  if (BEFORE_SENDING[code]) return { ...BEFORE_SENDING[code], outcome: 'not_sent', code };
  if (WHILE_CONNECTED[code]) return { ...WHILE_CONNECTED[code], outcome: unanswered, code };
  if (TLS_CODE.test(code)) {
    return {
      ...denied('TLS failed; check certificates and that the port speaks TLS'),
      outcome: 'not_sent',
      code,
    };
  }
  const own = OWN.find(([start]) => message.startsWith(start));
  if (own) return { outcome: unanswered, ...own[2], code: own[1] };
  return {
    ...refused('the driver failed in a way this adapter does not know'),
    outcome: unanswered,
    code: 'UNKNOWN',
  };
}

function facts(error: unknown) {
  const { name, message, code, lastNodeError } = (error ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { name: text(name), message: text(message), code: text(code), lastNodeError };
}
