import type { FaultTable, Signs } from './fault-table.js';

/** MySQL and MariaDB: https://dev.mysql.com/doc/mysql-errors/en/server-error-reference.html */
export const MYSQL: FaultTable = {
  'client-login': { code: 'ER_ACCESS_DENIED_ERROR', message: "^Access denied for user '" },
  'client-privilege': { code: 'ER_(?:DB|TABLE)ACCESS_DENIED_ERROR' },
  'client-database': { code: 'ER_BAD_DB_ERROR', message: "^Unknown database '" },
};

/** MongoDB: https://www.mongodb.com/docs/manual/reference/error-codes/ */
export const MONGODB: FaultTable = {
  'client-login': {
    when: [{ name: 'Mongo\\w*Error', message: 'Authentication failed|requires authentication' }],
  },
};

/** Prisma: https://www.prisma.io/docs/orm/reference/error-reference */
export const PRISMA: FaultTable = {
  'client-login': { code: 'P1000', message: 'Authentication failed against database server' },
  'client-privilege': { code: 'P1010', message: 'was denied access on the database' },
  'client-database': { code: 'P1003', message: 'Database `[^`]*` does not exist on the database server' },
  'client-refused': { code: 'P1001', message: "Can't reach database server at " },
};

/** Services name an error by its code, clients by its name or its code. */
function awsCode(codes: string): Signs {
  return { name: codes, code: codes };
}

/** AWS and what speaks its protocols: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const AWS: FaultTable = {
  'client-login': awsCode(
    'InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken(?:Exception)?|InvalidClientTokenId|UnrecognizedClientException|CredentialsProviderError|TokenRefreshRequired|MissingAuthenticationToken(?:Exception)?|MissingSecurityHeader|IncompleteSignature(?:Exception)?|NotAuthorizedException|NotSignedUp|OptInRequired|AccountProblem|MissingCredentials(?:Error)?|AuthFailure|InvalidToken',
  ),
  'client-privilege': awsCode('AccessDenied(?:Exception)?|AllAccessDisabled|UnauthorizedOperation'),
  'client-limit': awsCode(
    'SlowDown|Throttling(?:Exception)?|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|ProvisionedThroughputExceededException|LimitExceededException',
  ),
  'clock-skew': {
    ...awsCode('RequestTimeTooSkewed|RequestExpired'),
    message: '^The difference between the request time and the current time is too large',
  },
  'http-down': { code: 'InternalFailure|ServiceUnavailableException' },
  'family-refused': awsCode(
    'NoSuch(?:Key|Bucket|Upload|Version|Entity)(?:Exception)?|InvalidBucketName|InvalidObjectName|InvalidRange|InvalidPart\\w*|MalformedXML|MalformedPolicy\\w*|EntityToo(?:Large|Small)|BucketNotEmpty|PreconditionFailed|ConditionalCheckFailedException|TransactionCanceledException|ResourceNotFoundException|SerializationException|QueueDoesNotExist|InvalidParameter\\w*|InvalidMessageContents|ReceiptHandleIsInvalid|MissingParameter|MessageTooLong|ValidationException',
  ),
};

/** Kafka, AMQP and mail. */
export const BROKERS: FaultTable = {
  'client-database': { code: 'WRONG_VHOST' },
  'client-login': {
    code: 'EAUTH',
    name: 'KafkaJSSASLAuthenticationError',
    message: 'ACCESS_REFUSED - Login was refused',
  },
};

/** gRPC: https://grpc.io/docs/guides/status-codes/ */
export const GRPC: FaultTable = {
  'client-login': { message: grpc('Unauthenticated') },
  'client-privilege': { message: grpc('PermissionDenied') },
  'client-limit': { message: `^(?![^\\n]*larger than max)[^]*(?:${grpc('ResourceExhausted')})` },
  'client-refused': { message: '^14 UNAVAILABLE: [^\\n]*connect ECONNREFUSED ' },
  'client-unavailable': { message: grpc('Unavailable') },
  unresponsive: { when: [{ message: grpc('DeadlineExceeded'), own: false, complete: false }] },
  'family-refused': {
    when: [
      {
        message: [
          'InvalidArgument',
          'NotFound',
          'AlreadyExists',
          'FailedPrecondition',
          'OutOfRange',
          'Unimplemented',
          'Aborted',
        ]
          .map(grpc)
          .join('|'),
        own: false,
        complete: false,
      },
    ],
  },
};

/** A status as the clients of languages write it: `14 UNAVAILABLE: `, `StatusCode.UNAVAILABLE`, `code = Unavailable desc`. */
function grpc(status: string): string {
  const upper = status.replace(/(?<=[a-z])(?=[A-Z])/gu, '_').toUpperCase();
  return `^(?:\\d{1,2} )?${upper}(?:: |$)|StatusCode\\.${upper}\\b|StatusCode="${status}"|code = ${status} desc`;
}

/** Browsers, node-fetch, containers, and what Playwright has to install. */
export const TOOLS: FaultTable = {
  'client-refused': { message: '(?:net::|NS_)ERR(?:OR)?_CONNECTION_REFUSED|, reason: connect ECONNREFUSED ' },
  'client-dns': { message: 'net::ERR_NAME_NOT_RESOLVED|, reason: getaddrinfo E\\w+ ' },
  'client-tls': {
    message:
      'net::ERR_CERT_\\w+|, reason: (?:self-signed certificate|certificate has expired|unable to verify)',
  },
  'client-unavailable': {
    message:
      "Could not find a working container runtime strategy|Cannot connect to the Docker daemon|connect E\\w+ \\S*docker\\.sock|Executable doesn't exist at ",
  },
};
