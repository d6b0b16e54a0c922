/** What a server, a driver or a system says, by the code that stands for it; a report may have lost the code. Texts are the beginning of a message. */
type Sentences = Readonly<Record<string, string>>;

/** PostgreSQL, as its message catalogue has them: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES: Sentences = {
  '28P01': 'password authentication failed for user|SASL authentication failed|SASL: |no password supplied',
  '28000':
    'no pg_hba\\.conf entry for|role "[^"]*" (?:does not exist|is not permitted to log in)|pg_hba\\.conf rejects connection|certificate authentication failed|peer authentication failed|ident authentication failed',
  '3D000': 'database "[^"]*" does not exist',
  '3F000': 'schema "[^"]*" does not exist|no schema has been selected',
  '42501': 'permission denied for |must be owner of |permission denied to |must be superuser',
  '25006': 'cannot execute [A-Z ]+ in a read-only transaction',
  '53300':
    'sorry, too many clients already|remaining connection slots are reserved|too many connections for (?:role|database)',
  '53100': 'could not (?:extend|write to) file [^\\n]*No space left',
  '53200': 'out of shared memory',
  '57P03':
    'the database system is (?:starting up|shutting down|in recovery mode|not yet accepting connections)|cannot connect now',
  '57P01': 'terminating connection due to (?:administrator command|unexpected postmaster exit|idle)',
  '0A000':
    'extension "[^"]*" is not available|could not open extension control file|could not access file "\\$libdir|unsupported frontend protocol',
  '42704':
    'type "[^"]*" does not exist|index "[^"]*" does not exist|constraint "[^"]*" [^\\n]*does not exist|unrecognized configuration parameter',
  '42P07': '(?:relation|type|index|sequence) "[^"]*" already exists',
  '42710': '(?:trigger|policy|extension|publication|role|function) "?[^"\\n]*"? already exists',
  '42P04': 'database "[^"]*" already exists',
  '42P06': 'schema "[^"]*" already exists',
  '42601': 'syntax error at (?:or near|end of input)|cannot insert multiple commands|unterminated quoted',
  '42P01': 'relation "[^"]*" does not exist|missing FROM-clause entry|invalid reference to FROM-clause',
  '42703': 'column "?[\\w."]+ (?:of relation "[^"]*" )?does not exist|column reference "[^"]*" is ambiguous',
  '42883': '(?:function|operator) [^\\n]{1,300} does not exist|operator does not exist',
  '42804':
    'column "[^"]*" is of type|[^\\n]{1,100} types [^\\n]{1,100} cannot be matched|argument of [A-Z]+ must be',
  '22P02': 'invalid input syntax for|invalid input value for enum|malformed array literal',
  '22001': 'value too long for type',
  '22003': '(?:integer|bigint|smallint|numeric|value)[^\\n]{0,80} out of range|numeric field overflow',
  '22012': 'division by zero$',
  '23502': 'null value in column',
  '23503':
    '(?:insert or )?(?:update|delete) (?:or delete )?on table "[^"]*" violates|insert or update on table',
  '23505': 'duplicate key value violates unique constraint|could not create unique index',
  '23514': 'new row for relation "[^"]*" violates check constraint',
  '25P02': 'current transaction is aborted',
  '40P01': 'deadlock detected$',
  '40001': 'could not serialize access',
  '57014': 'canceling statement due to',
};

/** MySQL and MariaDB: https://dev.mysql.com/doc/mysql-errors/en/server-error-reference.html */
const MYSQL: Sentences = {
  ER_ACCESS_DENIED_ERROR: "Access denied for user '[^']*'@'[^']*' \\(using password",
  ER_DBACCESS_DENIED_ERROR: "Access denied for user '[^']*'@'[^']*' to database",
  ER_TABLEACCESS_DENIED_ERROR: '[A-Z ]+ command denied to user',
  ER_HOST_NOT_PRIVILEGED: "Host '[^']*' is (?:not allowed to connect|blocked)",
  ER_BAD_DB_ERROR: "Unknown database '",
  ER_CON_COUNT_ERROR: 'Too many connections$|Too many connections',
  ER_NOT_SUPPORTED_AUTH_MODE: 'Client does not support authentication protocol',
  ER_OPTION_PREVENTS_STATEMENT: 'The MySQL server is running with the --read-only',
  ER_NO_SUCH_TABLE: "Table '[^']*' doesn't exist",
  ER_TABLE_EXISTS_ERROR: "Table '[^']*' already exists",
  ER_BAD_FIELD_ERROR: "Unknown column '",
  ER_PARSE_ERROR: 'You have an error in your SQL syntax',
  ER_DUP_ENTRY: "Duplicate entry '",
  ER_NO_DEFAULT_FOR_FIELD: "Field '[^']*' doesn't have a default value",
  ER_BAD_NULL_ERROR: "Column '[^']*' cannot be null",
  ER_DATA_TOO_LONG: "Data too long for column|Data truncated for column|Incorrect \\w+ value: '",
  ER_NO_REFERENCED_ROW_2: 'Cannot (?:add or update a child|delete or update a parent) row',
  ER_LOCK_DEADLOCK: 'Deadlock found when trying to get lock',
  PROTOCOL_CONNECTION_LOST:
    'Connection lost: The server closed the connection|MySQL server has gone away|Lost connection to MySQL server',
};

/** SQLite and SQL Server. */
const OTHER_SQL: Sentences = {
  SQLITE_CANTOPEN: 'SQLITE_CANTOPEN|unable to open database file',
  SQLITE_BUSY: 'SQLITE_BUSY|database is locked',
  SQLITE_ERROR: 'SQLITE_ERROR|no such (?:table|column|function): |near "[^"]*": syntax error',
  SQLITE_CONSTRAINT: 'SQLITE_CONSTRAINT|(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed',
  SQLITE_READONLY: 'SQLITE_READONLY|attempt to write a readonly database',
  ELOGIN: "Login failed for user '",
};

/** Redis and Valkey: the first word of an answer is its code. */
const REDIS: Sentences = Object.fromEntries(
  [
    ...[
      'WRONGPASS',
      'NOAUTH',
      'NOPERM',
      'DENIED',
      'LOADING',
      'MASTERDOWN',
      'CLUSTERDOWN',
      'TRYAGAIN',
      'BUSY',
    ],
    ...[
      'MISCONF',
      'OOM',
      'READONLY',
      'NOREPLICAS',
      'WRONGTYPE',
      'EXECABORT',
      'NOSCRIPT',
      'CROSSSLOT',
      'NOGROUP',
    ],
  ].map((code) => [code, `-?${code} [A-Z][a-z]|${code} \\w+ (?:command|invalid|keys?)`]),
);

/** AMQP, Kafka, gRPC, SMTP and Docker, whose answers have a code of their own in words. */
const BROKERS: Sentences = {
  LOGIN_REFUSED:
    '[^\\n]{0,200}\\b(?:403 \\(ACCESS[-_]REFUSED\\)|ACCESS_REFUSED)|[^\\n]{0,120}\\b53[0458](?:[- ]5\\.7\\.\\d+|[- ][^\\n]{0,40}[Aa]uth)',
  WRONG_VHOST: '[^\\n]{0,200}\\b530 \\(NOT[-_]ALLOWED\\)|[^\\n]{0,60}NOT_ALLOWED - vhost',
  BROKER_REFUSED:
    '[^\\n]{0,200}\\b(?:404 \\(NOT[-_]FOUND\\)|406 \\(PRECONDITION[-_]FAILED\\)|405 \\(RESOURCE[-_]LOCKED\\)|50[123456] \\([A-Z]+[-_][A-Z]+\\))|(?:Broker: )?(?:Unknown (?:topic|partition|member|group)|This server does not host this topic|Message size too large|Invalid (?:message|topic|group|partition|session))|[^\\n]{0,20}(?:8 RESOURCE_EXHAUSTED|ResourceExhausted)[^\\n]{0,20}: [^\\n]{0,40}larger than max|[^\\n]{0,120}\\b55[0-4](?:[- ]5\\.\\d+\\.\\d+|[- ][^\\n]{0,40}(?:mailbox|recipient|relay))',
  BROKER_DOWN:
    '[^\\n]{0,200}\\b(?:320 \\(CONNECTION[-_]FORCED\\)|541 \\(INTERNAL[-_]ERROR\\))|[^\\n]{0,120}\\b4(?:21|5[0-4])[- ]4\\.\\d+\\.\\d+|Expected Connection\\w+; got|Local: (?:All broker|Host resolution|Message timed out|Timed out|Broker)',
};

/** Node, its HTTP clients and OpenSSL: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/ */
const SYSTEM: Sentences = {
  ECONNRESET:
    'socket hang up|other side closed|Client network socket disconnected|Connection terminated unexpectedly|premature close|aborted$|Server closed connection|Connection closed unexpectedly|The (?:socket|connection) was closed|(?:Remote|Socket) (?:socket |connection )?closed|Connection reset by peer|Closed connection|[Ss]ocket closed|Unexpected close|socket has unexpectedly been closed|[^\\n]{0,60}\\bclosed by (?:the )?(?:peer|server|remote|other side|broker|foreign host|proxy)|(?:Server sent |Received )?FIN packet|Connection (?:lost|closed|aborted|dropped|was (?:reset|closed|aborted|forcibly closed))\\b|Connection lost before|An existing connection was forcibly closed|(?:Remote end|The server|[Ss]erver|[Pp]eer|[Bb]roker) (?:has |have )?(?:unexpectedly )?(?:closed|dropped|reset|hung up)|unexpected EOF|EOF$|end of file(?: reached)?$|connection reset|error reading a body from connection|connection closed before message completed|Empty reply from server|SSL_ERROR_SYSCALL|tcp recv \\(idle\\)',
  ECONNREFUSED:
    'Connection refused|CONNECTION_REFUSED|connection refused|All connection attempts failed|Connection to \\S+ refused|[Tt]cp connect error: Connection refused|dial tcp \\S+: connect: connection refused|No connection could be made because the target machine actively refused it|Connect call failed|connect\\(2\\) for [^\\n]*refused|Failed to open TCP connection to|Couldn\\x27t connect to server|The connection to the server \\S+ was refused',
  EPIPE: 'Broken pipe|This socket has been ended by the other party',
  ENOTFOUND:
    'Name or service not known|nodename nor servname provided|Name resolution failed|no such host|No address associated with hostname|Could not resolve host|Temporary failure in name resolution|No such host is known|Host not found|[^\\n]{0,80}\\b(?:unresolvable|could not be resolved|cannot be resolved|[Ff]ailed to resolve (?:host|\\x27|address|name)|[Uu]nable to resolve (?:host|address)|DNS (?:resolution|lookup) failed|[Nn]ame resolution failed|dns error|Unknown host|Domain name not found)|getaddrinfo failed|could not translate host name|failed to lookup address information|invalid server address',
  ENETUNREACH: 'Network is unreachable',
  EHOSTUNREACH: 'No route to host',
  EADDRINUSE:
    '[Aa]ddress already in use|Port \\d+ is (?:already in use|in use|already allocated)|Something is already running on port',
  ENOSPC: 'No space left on device',
  EMFILE: 'Too many open files',
  ENOENT: '[^\\n]{0,200}: [Nn]o such file or directory$',
  EACCES: '[^\\n]{0,200}: [Pp]ermission denied$',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self[- ]signed certificate',
  ENO_TLS: '(?:The )?[Ss]erver does not support (?:SSL|TLS|secure)|SSL is not enabled on the server',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'unable to (?:verify the first|get (?:local )?issuer) certificate|certificate signed by unknown authority|unknown certificate authority',
  CERT_HAS_EXPIRED:
    '(?:certificate|Certificate)[^\\n]{0,60} (?:has expired|is expired)|certificate has expired or is not yet valid',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: "Hostname/IP does not match certificate's altnames",
  ERR_SSL_WRONG_VERSION_NUMBER:
    '(?:[0-9A-F]+:)?error:[0-9A-F]+:SSL routines|wrong version number|tlsv1 alert|sslv3 alert|ssl/tls alert',
  HPE_INVALID_CONSTANT: 'Parse Error: |Response does not match the HTTP/1\\.1 protocol',
};

/** NATS, SSH, mail, MQTT, AMQP, MongoDB and others that name their faults in words. */
const CLIENTS: Sentences = {
  LOGIN_REFUSED:
    "security_exception|'?Authorization Violation|AUTHORIZATION_VIOLATION|AUTHENTICATION_(?:ERROR|EXPIRED)|All configured authentication methods failed|Invalid login|(?:bad )?auth(?:entication)? (?:failed|error|failure)\\b|Authentication (?:failed|failure|required)|Connection refused: (?:Not authorized|Bad username or password)|Handshake terminated by server: 403|Missing authentication|invalid username(?:-password| or password)|missing authentication credentials|Invalid (?:API key|API token|credentials|username or password|access token)|The AWS Access Key Id you provided|The request signature we calculated|The security token included in the request is|unable to authenticate user|Bad credentials\\b|Incorrect API key|(?:The )?(?:user ?name|password|login|access key|API key|token)[^\\n]{0,40} (?:is |was |are )?(?:incorrect|invalid|wrong|rejected|not valid|expired|revoked)|(?:[Ii]ncorrect|[Ii]nvalid|[Ww]rong|[Ee]xpired|[Rr]evoked) (?:password|user ?name|login|credential|access key|authentication)|[Ll]ogin (?:failed|incorrect)|Not authenticated|could not be authenticated|Logon failure",
  SERVER_SELECTION: 'Server selection timed out|No suitable servers found|getaddrinfo failed',
  NO_HOST_AVAILABLE:
    'All host\\(s\\) tried for query failed|All nodes failed|No living connections|No Living connections|There are no living connections|Could not perform discovery|No routing servers available',
  KAFKA_NO_BROKER:
    'There is no leader for this topic-partition|This server is not the leader|The coordinator is loading|The group coordinator is not available|Connection error: |Failed to connect to seed broker|Broker: |Local: Broker transport failure',
  NOT_THAT_SERVER:
    'The client noticed that the server is not |Invalid greeting|Unsupported RESP|Unknown RESP|Protocol error, got|unknown Bolt protocol|Received unexpected packet|Unknown startup|Expected CONNECTED|packets out of order|Got packets out of order|bad handshake|Malformed packet|Socket closed abruptly during opening handshake|Unexpected (?:server )?greeting|[Ii]nvalid protocol (?:header|version|identifier)|[Pp]rotocol (?:[Ee]rror|mismatch|version mismatch)\\b|Packet (?:size|sequence)|header parse error|[Mm]alformed (?:header|frame|reply|response|greeting)|[^\\n]{0,60}does not support communication with this driver|(?:Invalid|Bad|Unexpected|Unknown) (?:frame|banner|magic|handshake|opcode|packet|server hello|protocol|reply)\\b|Error reading SSH protocol banner|first record does not look like a TLS handshake|malformed HTTP|did not receive a valid HTTP response|did not receive HTTP/1|BadStatusLine|[^\\n]{0,20}server gave HTTP response to HTTPS|Transaction numbers are only allowed on a replica set',
};

/** The tables in the order in which they are tried. */
export const SENTENCES: readonly (readonly [code: string, sentence: RegExp])[] = [
  POSTGRES,
  MYSQL,
  OTHER_SQL,
  REDIS,
  BROKERS,
  SYSTEM,
  CLIENTS,
].flatMap((table) =>
  Object.entries(table).map(([code, words]) => [code, new RegExp(`^(?:${words})`, 'u')] as const),
);

/** The code that a sentence stands for. */
export function codeOfSentence(message: string): string | undefined {
  return SENTENCES.find(([, sentence]) => sentence.test(message))?.[0];
}
