import type { FaultTable } from './fault-table.js';

/** The first frame is a package's: whoever made the name is not the code under test. */
export const BY_PACKAGE =
  '^\\s*(?:at|❯) [^\\n]*(?:node_modules|(?:site|dist)-packages|lib[/\\\\]python[\\d.]+)[/\\\\]';
/** Words for a server that cannot be reached, beside the bare ones of `fetch`, which a wrong address has too. */
const UNREACHABLE =
  '(?:[Cc]onnection (?:error|failed|lost|dropped|aborted|timeout)|xhr poll error|websocket error|[Uu]nreachable (?:hosts?|servers?|nodes?|brokers?)|\\berror occurred with (?:our|the|your) connection|(?:[Uu]nable|[Ff]ailed) to (?:re)?connect\\b|\\b(?:[Cc]ould not|[Cc]annot|[Cc]an\x27t|[Cc]ouldn\x27t|[Uu]nable to|[Ff]ailed to) (?:reach|contact|connect to|establish (?:a |the )?(?:connection|session)|open (?:a |the )?(?:socket|connection))|[Nn]o (?:reachable|available|healthy|alive) (?:servers?|hosts?|nodes?|brokers?|endpoints?|upstreams?))';
const END = '(?:Errors?|Exceptions?|Failure|Fault)?';

/** What the names of errors say in any library of any language, by subclass. */
const KINDS: Readonly<Record<string, string>> = {
  dns: `\\w*(?:NameResolution|UnknownHost|UnresolvedAddress|HostNotFound|HostUnknown|DnsError|gaierror|DNSLookup|Resolver)\\w*${END}`,
  tls: `\\w*(?:SSL|TLS|Ssl|Tls|Certificate)\\w*(?:Error|Exception|Failure)`,
  login: `\\w*(?:Auth(?:entication|orization|N)?(?:Failed|Failure|Required)?|Unauthori[sz]ed|Unauthenticated|Credentials?|Login(?:Failed)?|InvalidApiKey|InvalidToken|ExpiredToken|NotAuthenticated)${END}`,
  privilege: `\\w*(?:Forbidden|PermissionDenied|AccessDenied|NotAuthori[sz]ed|InsufficientPrivileges?)\\w*${END}`,
  'rate-limit': `\\w*(?:RateLimit(?:ed|Exceeded)?|TooManyRequests|Throttl(?:ed|ing)|Throttled|ResourceExhausted|QuotaExceeded)\\w*${END}`,
  unavailable: `\\w*(?:ServiceUnavailable|BadGateway|GatewayTimeout|Overloaded|InternalServer|ServerUnavailable|Unavailable|ServerDown)${END}`,
  reset: `\\w*(?:ConnectionReset|ConnectionClosed|ConnectionLost|ConnectionAborted|ServerDisconnected|RemoteDisconnected|RemoteProtocol|BrokenPipe|SocketClosed|IncompleteRead)\\w*${END}`,
  unreachable: `\\w*(?:Connect(?:ion|or)?(?:Open|Failed|Failure|Refused)?|Network|Transport|SocketOpen|Unreachable|ServerSelection|NoHostAvailable|NoValidConnections?|NoServers?Available|NoBrokersAvailable|BrokerNotAvailable|StartUp|Startup|HostUnreachable|WebSocketBadHandshake)(?:Error|Exception|Failure)s?`,
  'no-answer': '(?:Fetch|\\w*MaxRetries\\w*|\\w*RetriesExceeded|RetryError)(?:Error|Exception)?',
  unresponsive: `\\w*(?:Timeout|TimedOut|TimeOut|DeadlineExceeded)\\w*(?:Error|Exception)`,
};

/** Names that a code under test is as likely to give to errors of its own as a package: they name the class, and excuse nothing. */
export const NAMES: FaultTable = Object.fromEntries(
  Object.entries(KINDS).map(([subclass, name]) => [
    `name-${subclass}`,
    { when: [{ name, own: false, complete: false, root: true }] },
  ]),
);

/** A package's own error of a time that has passed; the runner's and the system's tell nothing of a server. */
export const OVERDUE: FaultTable = {
  'package-unreachable': {
    when: [
      { message: UNREACHABLE, stack: BY_PACKAGE, complete: false },
      { name: KINDS.unreachable as string, stack: BY_PACKAGE, complete: false, root: true },
    ],
  },
  overdue: {
    when: [
      { message: '^(?:ETIMEDOUT|ESOCKETTIMEDOUT|timeout|timed out)$', own: false, complete: false },
      { name: 'TimeoutError', stack: BY_PACKAGE, complete: false, root: true },
      {
        name: 'TimeoutError',
        message: '^The operation was aborted due to timeout',
        complete: false,
        root: true,
      },
      { message: '^(?:apiRequestContext|browserType|browser|request)\\.\\w+: Timeout ', complete: false },
    ],
  },
};

/** Words with which a package tells that it waited in vain. */
export const WAITED: FaultTable = {
  'waited-in-vain': {
    when: [
      {
        message:
          '\\b(?:timed[ -]?out|time[ -]?out\\b(?!=\\d)(?! (?:must|should|value|option|is not|expected|has to))|deadline exceeded|no (?:response|answer|reply) (?:with|after|from|received))\\b',
        stack: BY_PACKAGE,
        complete: false,
      },
    ],
  },
  // Servers that should answer in JSON do so with a page only where something before them answers.
  'page-for-data': {
    when: [
      {
        message:
          '(?:Unexpected token \\x27?<|<(?:!doctype|html|head|\\?xml|hr)\\b[^]*(?:not valid JSON|JSON)|XML parse error: mismatched tags <h|Invalid JSON (?:was )?received from|looking for beginning of value|unexpected mimetype: text/html|content-type is not JSON|Unexpected character encountered while parsing value: <|JSON\\.parse: unexpected character)',
        complete: false,
      },
      { name: 'JSONDecodeError', message: 'line 1 column 1 \\(char 0\\)', own: false, complete: false },
    ],
  },
};

/** SQL's classes of errors and the codes of vendors: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const SQL_CLASSES: FaultTable = {
  'client-login': {
    code: '28\\w{3}|MYSQL_(?:1045|1698)|ORA-?0?1017|ORA-?28\\d{3}|ER_\\w*ACCESS_DENIED\\w*',
    name: 'SQLInvalidAuthorizationSpecException',
  },
  'client-privilege': { code: 'MYSQL_(?:1044|1142|1227)|ORA-?0?1031' },
  'client-database': { code: '3D000|MYSQL_1049|ORA-?12(?:505|514|154)|DPY-6003|NJS-518' },
  'client-refused': {
    code: 'CURLE_COULDNT_CONNECT|MYSQL_200[23]|ORA-?12541|DPY-6005|NJS-(?:503|511)|CONNECT_REFUSED',
  },
  'client-dns': { code: 'CURLE_COULDNT_RESOLVE_HOST|MYSQL_2005|ORA-?12545|NJS-(?:530|515)|DPY-6005_DNS' },
  reset: {
    code: 'CURLE_(?:GOT_NOTHING|SEND_ERROR|RECV_ERROR)|MYSQL_(?:2006|2013)|ORA-?0?31(?:13|14|35)|ORA-?12(?:537|547|570)|NJS-5(?:00|21)|DPY-4011|DPY-1001|ER_(?:SOCKET|CONNECTION|CMD)_\\w*CLOSE\\w*|CONNECTION_CLOSED',
  },
  unresponsive: {
    code: 'CURLE_OPERATION_TIMEDOUT|CONNECT_TIMEOUT|CONNECTION_TIMEOUT|ORA-?12(?:170|535)|NJS-5(?:10|01)|HYT0\\d|ER_(?:CONNECTION|GET_CONNECTION|SOCKET|PING)_TIMEOUT|MYSQL_1205',
  },
  'client-unavailable': { code: '08\\w{3}|ORA-?(?:0?1033|0?1034|12528|12526)|MYSQL_1040' },
  'client-tls': { code: 'CURLE_(?:SSL_CONNECT_ERROR|PEER_FAILED_VERIFICATION)' },
  proxy: { code: 'CURLE_COULDNT_RESOLVE_PROXY' },
  'family-refused': {
    code: '(?:21|22|23|42)\\w{3}|ORA-?0?(?:0001|0942|0904|0933|0936|1400|2291)',
    name: 'SQL(?:Syntax|IntegrityConstraintViolation|Data|FeatureNotSupported)(?:Error)?Exception',
  },
};
