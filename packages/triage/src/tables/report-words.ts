import type { Conditions } from '../classify/rule.js';
import type { FaultTable } from './fault-table.js';

/** Names of variables, and not of errors: `DATABASE_URL`. */
const NAME =
  '[`"\\x27$%{]*\\b(?!(?:ERR|FST|E|INVALID|UNDEFINED|NOT|NO|BAD|MISSING|UNKNOWN|FAILED|ALREADY|OUT_OF|SQLITE|HTTP|ER|DEADLINE|PERMISSION|RESOURCE|PRECONDITION|REQUEST|VALIDATION|TYPE|UND|P)_)[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b[`"\\x27}%]*';
const ABSENT =
  '(?:not (?:be )?(?:set|defined|found|provided|configured|specified|present|exported|available)|missing|required|undefined|unset|empty|must be (?:set|defined|provided|specified|configured|present)|(?:is|are) needed|has no value|cannot be (?:empty|undefined|blank))';

/** What waits for a server: a name of a step on the way to it. */
const STEP =
  '(?:connect\\w*|handshake|greeting|hello|login|log-?in|authentication|server selection|selection|socket|connack|banner|sftp|metadata|bootstrap|[Ii]nitial|acquiring a connection|[Aa]cquire connection|buffering|broker|node|host|server|database|redis|mongo\\w*|kafka|postgres\\w*|mysql|rabbit\\w*|elasticsearch|request|response|header|reply|read)';

/** The word alone; with a number it is an option, as in `Keep-Alive: timeout=5`. */
const LATE = 'timeout(?!=\\d)';

const untimely = (message: string): Conditions => ({ message, complete: false, own: false });

/** Faults that reports tell in words, where codes and causes are lost. */
export const REPORTS: FaultTable = {
  'missing-variable': {
    when: [
      { verbatim: `${NAME}[^\\n]{0,60}?\\b${ABSENT}`, complete: false },
      {
        verbatim: `\\b(?:[Mm]issing|[Rr]equire[sd]?|[Uu]ndefined|[Uu]nset|[Nn]o|[Pp]lease (?:set|provide|define)|[Ss]et|[Ee]xpected)\\b[^\\n]{0,80}${NAME}`,
        complete: false,
      },
      {
        message:
          '[Ee]nvironment variables?\\b[^\\n]{0,80}\\b(?:not found|missing|required|not set|must be|undefined|unset|empty)|(?:[Mm]issing|[Rr]equired|[Ii]nvalid|[Nn]ot set)[^\\n]{0,40} (?:environment|env)(?:ironment)? var',
        complete: false,
      },
      {
        message:
          'Missing credentials\\b|^Region is missing|must specify a region|Could not resolve authentication method|(?:[Cc]ould not|[Uu]nable to|[Cc]annot) (?:load|find|locate|get) (?:the |your |any )?(?:default |AWS )?credentials|credentials were not found|Unable to locate credentials|No credentials (?:found|available|provided)|(?:api|API)[ _-]?[Kk]ey (?:is )?(?:missing|required|not (?:set|provided|found))|(?:Missing|No|no|Provide an?|without an?) (?:required )?(?:api|API|access|auth|secret)[ _-]?(?:[Kk]ey|token)\\b|\\b(?:supabaseUrl|supabaseKey|apiKey|accessToken|authToken|connectionString|baseURL) (?:is|are) (?:required|missing)|Neither apiKey nor|No API [Kk]ey|Config validation error: "[A-Z_]+" is required|Set `?\\w*[Tt]oken`?|Missing region in config|required (?:environment )?variable\\b[^\\n]{0,40}not set',
        complete: false,
      },
      {
        verbatim:
          '^\\d+ validation errors? for \\w*(?:Settings|Config|Environment|Env)\\b[^]*(?:[Ff]ield required|missing)',
        complete: false,
      },
      { code: 'P1012|ERR_MISSING_ENV\\w*' },
      { name: 'KeyError', message: '^\x27[A-Z][A-Z0-9]*_[A-Z0-9_]+\x27$', complete: false },
    ],
  },
  'missing-program': {
    when: [
      { code: 'ENOENT', syscall: 'spawn.*|posix_spawn' },
      { message: '^spawn(?:Sync)? \\S+ (?:ENOENT|EACCES|ENOEXEC)\\b', complete: false },
      {
        message:
          '(?:^|[\\s:])[\\w./-]+: command not found(?:$|\\n)|(?:sh|line \\d+|\\d+): [\\w./-]*[A-Za-z][\\w./-]*: not found(?:$|\\n)|is not recognized as an internal or external command|executable file not found in \\$PATH|No such file or directory: \\x27(?!/?tests?|fixtures)[\\w-]+\\x27$|(?:Could not find|Unable to find|Failed to find|Cannot find) (?:a )?(?:Chrome|Chromium|Firefox|browser|java|docker|git|ffmpeg|python|valid Docker)\\b|Failed to launch (?:the )?browser|(?:Browser|Chrome|Chromium|Firefox|[Dd]river|executable)[^\\n]{0,40}(?:was |is )?not found (?:at|in|on)|Could not find [^\\n]{0,60}executable|Unable to (?:obtain|locate) (?:the )?\\w*driver|[Ee]xecutable doesn\\x27t exist|is not a docker command|Executable not found|Cannot run program "|cannot open shared object file|Missing dependencies|DOCKER_HOST|Docker environment|ENOEXEC|GLIBC_\\d',
        complete: false,
      },
    ],
  },
  'outside-file': {
    when: [
      {
        message:
          '(?:[Cc]ould not|[Cc]annot|[Uu]nable to|[Ff]ailed to) (?:open|read|find) (?:the )?(?:database|file|directory)?:? ?[\x27"`]?/(?:var(?!/(?:folders|tmp))|etc|data|mnt|run|opt|usr|srv)/',
        own: false,
        complete: false,
      },
      {
        code: 'ENOENT',
        message:
          '[\x27" ](?:/(?:var(?!/(?:folders|tmp))|etc|data|mnt|run|opt|usr|srv|dev|proc|sys)/|/(?:home|Users|root)/(?:[\\w.-]+/)?\\.\\w|~/)',
        complete: false,
      },
    ],
  },
  permission: {
    when: [
      {
        message:
          '\\(Permission denied\\)$|^(?:open|mkdir|unlink|create|write) \\S+: permission denied$|^Access to the path .* is denied',
        own: false,
        complete: false,
      },
      {
        code: 'EACCES|EPERM',
        syscall: 'open|mkdir|unlink|rename|scandir|rmdir|copyfile|chmod|chown|access|stat|lstat|write',
        complete: false,
      },
    ],
  },
  refused: {
    when: [
      { code: 'ENOENT', syscall: 'connect' },
      { message: '^connect (?:ENOENT|EACCES|ECONNREFUSED) (?:/|\\\\\\\\|//)|^dial unix ' },
    ],
  },
  'client-login': {
    code: 'LOGIN_REFUSED|ELOGIN|ER_NOT_SUPPORTED_AUTH_MODE|ER_HOST_NOT_PRIVILEGED|AUTHORIZATION_VIOLATION|WRONG_?PASS\\w*|EAUTH|Unauthenticated|UNAUTHENTICATED|AUTH_FAILED|AuthenticationFailed|NotAuthenticated',
    name: 'SequelizeAccessDeniedError|KafkaJSSASL\\w+|AuthenticationException|LoginException|NoCredentialsError|CredentialsError|InvalidSignatureException|AuthError',
    when: [{ status: [401, 419, 440], complete: false }],
  },
  'client-privilege': {
    code: 'ER_(?:DB|TABLE|COLUMN|SPECIFIC_)ACCESS_DENIED_ERROR|Forbidden|AccessDenied|Unauthorized|GROUP_AUTHORIZATION_FAILED|TOPIC_AUTHORIZATION_FAILED',
    when: [{ status: [403, 451, 495, 496], complete: false }],
  },
  'provider-quota': { when: [{ status: [402], complete: false }] },
  'client-limit': { when: [{ status: [429, 509], complete: false }] },
  proxy: { when: [{ status: [407, 511], complete: false }] },
  'http-down': {
    when: [
      {
        status: [
          408, 425, 444, 449, 460, 463, 494, 498, 499, 500, 502, 503, 504, 508, 520, 521, 522, 523, 524, 525,
          526, 527, 529, 530, 561, 598, 599,
        ],
        complete: false,
      },
      {
        message:
          '^(?:overloaded|Overloaded|Service overloaded|upstream connect error|no healthy upstream|Internal server error)',
        own: false,
        complete: false,
      },
    ],
  },
  'too-many-connections': {
    code: 'ER_CON_COUNT_ERROR|ER_USER_LIMIT_REACHED|ER_TOO_MANY_USER_CONNECTIONS|P2037',
    name: 'TooManyConnections\\w*',
  },
  'read-only': { code: 'ER_OPTION_PREVENTS_STATEMENT|SQLITE_READONLY|NotWritablePrimary|NotPrimary\\w*' },
  version: {
    code: '0A000',
    when: [
      { message: '^extension "[^"]*" is not available|could not open extension control file', own: false },
    ],
  },
  'wrong-service': {
    code: 'NOT_THAT_SERVER|ProductNotSupportedError|HPE_\\w+|PROTOCOL_\\w*HANDSHAKE\\w*|PROTOCOL_INCORRECT\\w*|PROTOCOL_UNEXPECTED_PACKET',
    name: 'ProductNotSupportedError|HTTPParserError|BadStatusLine',
    when: [
      {
        message:
          '\\b(?:unexpected|invalid|bad|unknown|malformed) (?:server )?(?:response|reply|greeting|packet|banner|message|data)\\b[^\\n]{0,20}[\x27"` ](?:220[ -]|HTTP/1|SSH-2|\\+OK|\\* OK|-ERR |RFB 00)',
        own: false,
        complete: false,
      },
    ],
  },
  reset: {
    code: 'PROTOCOL_CONNECTION_LOST|ECONNLOST|NR_CLOSED|CONNECTION_CLOSED|DISCONNECT|ESOCKET',
    name: 'SocketError|KafkaJSConnectionClosedError|IncompleteReadError|RemoteDisconnected|ProtocolError|EOFException|EOFError',
    when: [
      {
        message:
          '^[^\\n]*\\b(?:response|body|request|stream|fetch|download)\\b[^\\n]*: (?:aborted|[Pp]remature close|socket hang up|other side closed|terminated)$',
        own: false,
        complete: false,
      },
    ],
  },
  'client-refused': {
    code: 'CONNECTION_REFUSED|P1001|P1017',
    name: 'SequelizeConnectionRefusedError|ConnectionRefused\\w*',
  },
  'client-dns': {
    name: 'SequelizeHostNotFoundError|gaierror|NameResolutionError',
    code: 'ERR_NAME_NOT_RESOLVED|HOST_NOT_FOUND',
  },
  'client-tls': { name: 'SSLError|SSLException|SSLPeerUnverifiedException|CertificateError' },
  'client-unavailable': {
    message: '\\b[Nn]o such image\\b|pull access denied|manifest (?:for \\S+ not found|unknown)',
    code: 'BROKER_DOWN|SERVER_SELECTION|NO_HOST_AVAILABLE|KAFKA_NO_BROKER|COORDINATOR_NOT_AVAILABLE|LEADER_NOT_AVAILABLE|BROKER_NOT_AVAILABLE|NoLivingConnections\\w*',
    name: 'Mongo(?:ose)?(?:Server)?SelectionError|Mongo\\w*NetworkError|NoLivingConnectionsError|NoHostAvailable\\w*|KafkaJSBrokerNotFound|KafkaJSNumberOfRetriesExceeded|KafkaJSConnectionError|SequelizeConnectionError|SequelizeHostNotReachableError|ConnectionError|ConnectError|ConnectionException|NewConnectionError|BrokerNotAvailable\\w*|ConnectionClosedError|ConnectionNotEstablished',
  },
  unresponsive: {
    code: 'CONNECTION_TIMEOUT|CONN_TIMEOUT|ER_CLIENT_INTERACTION_TIMEOUT|ETIMEOUT|ESOCKETTIMEDOUT|REQUEST_TIMED_OUT|UND_ERR_CONNECT_TIMEOUT|PROTOCOL_SEQUENCE_TIMEOUT|NR_TIMEOUT|P1002',
    name: 'SequelizeConnectionTimedOutError|Mongo\\w*TimeoutError|ConnectTimeout\\w*|ReadTimeout\\w*|ConnectTimeoutError|APIConnectionTimeoutError|APITimeoutError|KafkaJSRequestTimeoutError|ConnectionTimeoutError|SocketTimeoutException|HeadersTimeoutError|BodyTimeoutError|QdrantClientTimeoutError|OperationTimedOutError|NoConnectionAvailable\\w*',
    when: [
      untimely(
        `\\b(?:${STEP})\\b[^\\n]{0,80}\\b(?:timed? ?-?out(?!=\\d)|${LATE}|TIMEDOUT|never received|not received|in \\d+ ?ms|within \\d+ ?ms)\\b`,
      ),
      untimely(`\\b(?:[Tt]imed? ?-?out(?!=\\d)|${LATE})\\b[^\\n]{0,80}\\b(?:${STEP})\\b`),
      untimely(
        '^(?:timeout expired|connack timeout|timeout of \\d+ ?ms exceeded(?! ?\\. ?For async)|Timeout exceeded|4 DEADLINE_EXCEEDED|DEADLINE_EXCEEDED|Greeting never received|Failed to connect to [^\\n]* in \\d+ ?ms|The operation (?:has )?timed out)',
      ),
      { code: 'ECONNABORTED|ETIMEDOUT|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|ECONNABORT|ETIME', complete: false },
    ],
  },
  'pool-wait': {
    name: 'KnexTimeoutError|SequelizeConnectionAcquireTimeoutError|ConnectionAcquireTimeoutError',
    code: 'P2024',
    message:
      '^(?:timeout exceeded when trying to connect|Knex: Timeout acquiring|ResourceRequest timed out|Operation timeout$|Timeout acquiring a connection|QueuePool limit|[^\\n]*(?:pool|[Pp]ool)[^\\n]*(?:exhausted|timed? ?out|failed to retrieve))',
  },
  'fetch-failed': {
    when: [
      {
        message:
          '^(?![^\\n]*\\b4(?!08|25|29|44|60|98|99)\\d\\d [A-Z])(?:fetch failed|Failed to fetch|NetworkError when attempting|Load failed|Network request failed|Network Error|Connection error\\.?|terminated|Connection is closed\\.|Connection closed\\.?|Socket closed\\w*|Reached the max retries per request limit|Connection timeout|could not connect to|Could not connect to|Unable to connect to|Failed to connect to|[Cc]onnection (?:failed|lost|dropped|aborted)|xhr poll error|websocket error|polling error|All (?:hosts|nodes|endpoints|brokers)[^\\n]{0,40} (?:are )?(?:down|unreachable|failed)|[^\\n]{0,80}(?:[Uu]nreachable (?:hosts?|servers?|nodes?|brokers?)|\\berror occurred with (?:our|the|your) connection|[Rr]equest to \\S+ (?:has )?failed$|(?:[Uu]nable|[Ff]ailed) to (?:re)?connect\\b|\\b(?:[Cc]ould not|[Cc]annot|[Cc]an\\x27t|[Cc]ouldn\\x27t|[Uu]nable to|[Ff]ailed to) (?:reach|contact|connect to|establish (?:a |the )?(?:connection|session)|open (?:a |the )?(?:socket|connection))|[Nn]o (?:reachable|available|healthy|alive) (?:servers?|hosts?|nodes?|brokers?|endpoints?|upstreams?)|error sending request for url))',
        complete: false,
      },
    ],
  },
  'family-refused': {
    code: '57014|ER_(?:NO_SUCH_TABLE|TABLE_EXISTS_ERROR|BAD_FIELD_ERROR|PARSE_ERROR|DUP_ENTRY|NO_DEFAULT_FOR_FIELD|BAD_NULL_ERROR|DATA_TOO_LONG|NO_REFERENCED_ROW\\w*|ROW_IS_REFERENCED\\w*|LOCK_DEADLOCK|TRUNCATED_WRONG_VALUE\\w*|WRONG_\\w+|NON_UNIQ_ERROR|DUP_\\w+)|SQLITE_(?:ERROR|CONSTRAINT\\w*|MISMATCH|RANGE)|E11000|11000|EREQUEST|EPARAM|P20(?:0\\d|1\\d|2[0-35-9])|40[PV0]\\w\\w|25P02|BROKER_REFUSED|UNKNOWN_TOPIC_OR_PARTITION|BAD_REQUEST|INVALID_ARGUMENT',
    name: 'QueryFailedError|SequelizeDatabaseError|SequelizeUniqueConstraintError|SequelizeForeignKeyConstraintError|SequelizeValidationError|EntityNotFoundError|EntityMetadataNotFoundError|EntityPropertyNotFoundError|MongoBulkWriteError|NotFoundError|BadRequestError|UnprocessableEntityError|NotFound|ValidationException|PrismaClientKnownRequestError|ProgrammingError|IntegrityError|DataError|SQLGrammarException|ConstraintViolationException|NoSuchBucket|NoSuchKey|InvalidRequest|InvalidParameterValue\\w*',
    when: [
      {
        status: [
          400, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 426, 428,
          431,
        ],
        complete: false,
      },
      {
        message:
          '^(?:WRONGTYPE|ERR |EXECABORT|NOSCRIPT|CROSSSLOT|BUSYGROUP|NOGROUP|INVALIDOBJ|E11000 duplicate key|3 INVALID_ARGUMENT|5 NOT_FOUND|6 ALREADY_EXISTS|9 FAILED_PRECONDITION|11 OUT_OF_RANGE|12 UNIMPLEMENTED)',
        complete: false,
      },
    ],
  },
};
