import type { FaultTable } from './fault-table.js';

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

/** AWS and what speaks its protocols: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const AWS: FaultTable = {
  'client-login': {
    name: 'InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken(?:Exception)?|InvalidClientTokenId|UnrecognizedClientException|CredentialsProviderError',
  },
  'client-privilege': { name: 'AccessDenied(?:Exception)?' },
  'client-limit': {
    name: 'SlowDown|Throttling(?:Exception)?|TooManyRequestsException|RequestLimitExceeded|ProvisionedThroughputExceededException',
  },
  'clock-skew': { code: 'RequestTimeTooSkewed|RequestExpired' },
};

/** Kafka, AMQP and mail. */
export const BROKERS: FaultTable = {
  'client-login': {
    code: 'EAUTH',
    name: 'KafkaJSSASLAuthenticationError',
    message: 'ACCESS_REFUSED - Login was refused',
  },
};

/** gRPC: https://grpc.io/docs/guides/status-codes/ */
export const GRPC: FaultTable = {
  'client-login': {
    message: '^16 UNAUTHENTICATED: |StatusCode\\.UNAUTHENTICATED|code = Unauthenticated desc',
  },
  'client-privilege': {
    message: '^7 PERMISSION_DENIED: |StatusCode\\.PERMISSION_DENIED|code = PermissionDenied desc',
  },
  'client-limit': {
    message: '^8 RESOURCE_EXHAUSTED: |StatusCode\\.RESOURCE_EXHAUSTED|code = ResourceExhausted desc',
  },
  'client-refused': { message: '^14 UNAVAILABLE: [^\\n]*connect ECONNREFUSED ' },
  'client-unavailable': { message: '^14 UNAVAILABLE: |StatusCode\\.UNAVAILABLE|code = Unavailable desc' },
};

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
