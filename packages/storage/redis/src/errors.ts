import type { Fault } from '@drydock/storage';
import {
  connection,
  data,
  doubtful,
  errorCode,
  type FaultRule,
  faultOf,
  LOST,
  networkRule,
  propertyOf,
  query,
  refusal,
  SLOW,
  unknownTo,
  unsent,
} from '@drydock/storage/backend-kit';

/** Error replies of the server, by their first word; an unlisted one is a query fault. */
const REPLIES: Readonly<Record<string, FaultRule>> = {
  LOADING: connection('the server is loading its data; wait for it'),
  MASTERDOWN: connection('the replica has lost its master; wait for the failover'),
  CLUSTERDOWN: connection('the cluster does not serve this slot; look at CLUSTER INFO'),
  TRYAGAIN: connection('the slot is being moved between nodes'),
  READONLY: connection('the server is a read-only replica; a failover may be under way'),
  NOREPLICAS: connection('too few replicas are in reach for a write'),
  BUSY: connection('the server is busy with a script'),
  WRONGPASS: refusal('the server refused the user name or password; check the credentials'),
  NOAUTH: refusal('the server asks for a password; configure one'),
  NOPERM: refusal("the user's ACL does not allow the command or the key"),
  WRONGTYPE: data('the key holds another type; was it written by something else?'),
  OOM: query('the server is at its memory limit; raise maxmemory or let records expire'),
  MISCONF: query('the server cannot save to disk and refuses writes; look at its log'),
  NOSCRIPT: query('the server does not know the script'),
  CROSSSLOT: query('keys of one request lie in several Cluster slots; configure `cluster`'),
  MOVED: query('the server is a node of a Cluster; configure `cluster`'),
  EXECABORT: query('the server gave up the transaction'),
  ERR: query('the server refused the command; is it Redis 6.2 or Valkey, or newer?'),
};

const lost = (detail: string): FaultRule => ({ ...LOST, detail });
const GONE = lost('the connection was lost');
const NOT_REDIS = doubtful(refusal('what answers there does not speak Redis; check host and port'));
const NOT_WRITABLE = unsent(connection('there is no connection now'));
const NO_CLUSTER = unsent(connection('there is no connection to the cluster now'));

/** Errors that ioredis makes itself, by the start of their text. */
const OWN: readonly (readonly [start: string, code: string, FaultRule])[] = [
  ["Stream isn't writeable", 'NOT_WRITABLE', NOT_WRITABLE],
  ['Command timed out', 'COMMAND_TIMEOUT', { ...SLOW, detail: 'no reply within commandTimeoutMs' }],
  ['Connection is closed', 'CONNECTION_CLOSED', GONE],
  ['Command aborted due to connection close', 'CONNECTION_CLOSED', GONE],
  ['Reached the max retries per request', 'CONNECTION_CLOSED', GONE],
  ['Failed to refresh slots cache', 'CLUSTER_SLOTS', lost('no node of the cluster told its slots')],
  ['None of startup nodes', 'CLUSTER_SLOTS', lost('no seed node of the cluster is in reach')],
  ['Socket timeout', 'SILENT', lost('the server owed a reply for longer than silenceTimeoutMs')],
  ['Unknown RESP type', 'NOT_REDIS', NOT_REDIS],
  ['Cluster isn', 'NOT_WRITABLE', NO_CLUSTER],
];

const UNKNOWN = unknownTo('driver');

/** Translates an error of ioredis; keeps its code, never its text, which may hold a command's arguments. */
export function toFault(error: unknown, sent: boolean): Fault {
  const { name, message, lastNodeError } = facts(error);
  if (name === 'ReplyError') {
    const word = /^-?([A-Z]+)\b/.exec(message)?.[1] ?? 'ERR';
    return faultOf(REPLIES[word] ?? (REPLIES.ERR as FaultRule), { sent, code: word, status: word });
  }
  if (name === 'ClusterAllFailedError' && lastNodeError) return toFault(lastNodeError, sent);
  const code = errorCode(error);
  const rule = code === undefined ? undefined : networkRule(code);
  if (rule) return faultOf(rule, { sent, code });
  const [, own = 'UNKNOWN', ownRule = UNKNOWN] = OWN.find(([start]) => message.startsWith(start)) ?? [];
  return faultOf(ownRule, { sent, code: own });
}

function facts(error: unknown) {
  const text = (name: string) => {
    const value = propertyOf(error, name);
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), message: text('message'), lastNodeError: propertyOf(error, 'lastNodeError') };
}

/** Whether the server refused to select the database. */
export function isAboutDatabase(error: unknown): boolean {
  const command: unknown = propertyOf(error, 'command');
  return propertyOf(error, 'name') === 'ReplyError' && propertyOf(command, 'name') === 'select';
}
