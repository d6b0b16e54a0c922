import type { Rule } from '../classify/rule.js';

/** Clients and runtimes that this workspace has no adapter for, as reports of other projects name them. */
export const CLIENT_RULES: readonly Rule[] = [
  {
    id: 'client-login',
    class: 'environment',
    subclass: 'login',
    remedy:
      'The server refused the credentials ({code}): check the user, the password or the key that the tests are given.',
    when: [
      { code: 'ER_ACCESS_DENIED_ERROR|EAUTH|P1000' },
      {
        name: 'InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken(?:Exception)?|InvalidClientTokenId|UnrecognizedClientException|CredentialsProviderError|KafkaJSSASLAuthenticationError',
      },
      { name: 'Mongo\\w*Error', message: 'Authentication failed|requires authentication' },
      {
        message:
          "^Access denied for user '|Authentication failed against database server|ACCESS_REFUSED - Login was refused|^16 UNAUTHENTICATED: ",
      },
    ],
  },
  {
    id: 'client-privilege',
    class: 'environment',
    subclass: 'privilege',
    remedy: 'The account may not do this ({code}): grant it, or give the tests another account.',
    when: [
      { code: 'ER_(?:DB|TABLE)ACCESS_DENIED_ERROR|P1010' },
      { name: 'AccessDenied(?:Exception)?' },
      { message: '^7 PERMISSION_DENIED: |was denied access on the database' },
    ],
  },
  {
    id: 'client-database',
    class: 'environment',
    subclass: 'wrong-database',
    remedy:
      'The database that the settings name does not exist on this server: correct the name, or create it.',
    when: [
      { code: 'ER_BAD_DB_ERROR|P1003' },
      { message: "^Unknown database '|Database `[^`]*` does not exist on the database server" },
    ],
  },
  {
    id: 'client-limit',
    class: 'environment',
    subclass: 'rate-limit',
    remedy: 'Too many requests in too short a time: wait, run fewer at once, or raise the limit.',
    passing: true,
    when: [
      {
        name: 'SlowDown|Throttling(?:Exception)?|TooManyRequestsException|RequestLimitExceeded|ProvisionedThroughputExceededException',
      },
      { message: '^8 RESOURCE_EXHAUSTED: ' },
    ],
  },
  {
    id: 'client-refused',
    class: 'environment',
    subclass: 'refused',
    remedy: 'Nothing listens where the message says: start the server, or correct its address.',
    when: [
      { code: 'P1001' },
      { name: 'ConnectException|HttpHostConnectException', message: 'Connection refused' },
      { name: 'PSQLException', message: '^Connection to \\S+ refused' },
      {
        message:
          "Can't reach database server at |(?:net::|NS_)ERR(?:OR)?_CONNECTION_REFUSED|^connection to server at [^\\n]* failed: Connection refused|^Error 111 connecting to |(?:^14 UNAVAILABLE: [^\\n]*|, reason: )connect ECONNREFUSED ",
      },
    ],
  },
  {
    id: 'client-dns',
    class: 'environment',
    subclass: 'dns',
    remedy:
      'The name in the message cannot be resolved: check it, the network, and whether only a proxy leads out.',
    when: [
      { name: 'UnknownHostException' },
      { message: 'net::ERR_NAME_NOT_RESOLVED|, reason: getaddrinfo E\\w+ ' },
    ],
  },
  {
    id: 'client-tls',
    class: 'environment',
    subclass: 'tls',
    remedy:
      'The certificate is not accepted: the message says why; renew it, use its name, or trust its authority.',
    when: [
      { name: 'SSLHandshakeException|SSLCertVerificationError' },
      {
        message:
          'CERTIFICATE_VERIFY_FAILED|net::ERR_CERT_\\w+|PKIX path building failed|, reason: (?:self-signed certificate|certificate has expired|unable to verify)',
      },
    ],
  },
  {
    id: 'client-port',
    class: 'environment',
    subclass: 'port-in-use',
    remedy: 'Another process has the port: end it, or let the test listen on port 0.',
    when: [{ name: 'BindException', message: 'Address already in use' }],
  },
  {
    id: 'client-unavailable',
    class: 'environment',
    subclass: 'unavailable',
    remedy:
      'What the tests need is not installed, or does not run here: the message names it; install or start it.',
    when: [
      { message: '^14 UNAVAILABLE: ' },
      {
        message:
          "Could not find a working container runtime strategy|Cannot connect to the Docker daemon|connect E\\w+ \\S*docker\\.sock|Executable doesn't exist at ",
      },
    ],
  },
];
