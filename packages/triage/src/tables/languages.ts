import type { FaultTable } from './fault-table.js';

/** Python and its drivers. */
export const PYTHON: FaultTable = {
  'client-refused': {
    message: '^connection to server at [^\\n]* failed: Connection refused|^Error 111 connecting to ',
  },
  'client-tls': { name: 'SSLCertVerificationError', message: 'CERTIFICATE_VERIFY_FAILED' },
};

/** Python's words for a system's codes, as in `[Errno 111] Connection refused`. */
export const PYTHON_CODES: Readonly<Record<string, string>> = {
  'Connection refused': 'ECONNREFUSED',
  'Connection reset by peer': 'ECONNRESET',
  'Broken pipe': 'EPIPE',
  'Network is unreachable': 'ENETUNREACH',
  'No route to host': 'EHOSTUNREACH',
  'Name or service not known': 'ENOTFOUND',
  'Temporary failure in name resolution': 'EAI_AGAIN',
  'No space left on device': 'ENOSPC',
  'Too many open files': 'EMFILE',
  'Read-only file system': 'EROFS',
  'Address already in use': 'EADDRINUSE',
  'Operation not permitted': 'EPERM',
  'No such file or directory': 'ENOENT',
  'Permission denied': 'EACCES',
  'Is a directory': 'EISDIR',
  'Not a directory': 'ENOTDIR',
  'File exists': 'EEXIST',
  'Connection timed out': 'ETIMEDOUT',
  'Cannot allocate memory': 'ENOMEM',
};

/** The kinds of Rust's `io::ErrorKind` by the system's codes: https://doc.rust-lang.org/std/io/enum.ErrorKind.html */
export const RUST_KINDS: Readonly<Record<string, string>> = {
  ConnectionRefused: 'ECONNREFUSED',
  ConnectionReset: 'ECONNRESET',
  ConnectionAborted: 'ECONNABORTED',
  BrokenPipe: 'EPIPE',
  TimedOut: 'ETIMEDOUT',
  AddrInUse: 'EADDRINUSE',
  AddrNotAvailable: 'EADDRNOTAVAIL',
  HostUnreachable: 'EHOSTUNREACH',
  NetworkUnreachable: 'ENETUNREACH',
  NetworkDown: 'ENETDOWN',
  StorageFull: 'ENOSPC',
  QuotaExceeded: 'EDQUOT',
  ReadOnlyFilesystem: 'EROFS',
  OutOfMemory: 'ENOMEM',
  NotFound: 'ENOENT',
  PermissionDenied: 'EACCES',
};

/** Codes about files. */
export const FILE_CODES: ReadonlySet<string> = new Set([
  ...['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EEXIST'],
]);

/** The virtual machine of Java and its drivers. */
export const JVM: FaultTable = {
  'client-refused': {
    when: [
      { name: 'ConnectException|HttpHostConnectException', message: 'Connection refused' },
      { name: 'PSQLException', message: '^Connection to \\S+ refused' },
    ],
  },
  'client-dns': { name: 'UnknownHostException' },
  'client-tls': { name: 'SSLHandshakeException', message: 'PKIX path building failed' },
  'client-port': { when: [{ name: 'BindException', message: 'Address already in use' }] },
};

/** Errors of clients whose names do not say that they are errors. */
export const UNUSUAL_NAMES =
  'ArgumentsAreDifferent|WantedButNotInvoked|NoInteractionsWanted|NeverWantedButInvoked|VerificationInOrderFailure|Too(?:Many|Few|Little)ActualInvocations|WrongTypeOfReturnValue|PotentialStubbingProblem|CannotVerifyStubOnlyMock|CannotStubVoidMethodWithReturnValue|MissingInvocation|UnexpectedInvocation|BadStatusLine|RemoteDisconnected|IncompleteRead|RequestUnauthorized|RequestMalformed|Object(?:NotFound|AlreadyExists|Unprocessable)|AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidClientTokenId|SlowDown|Throttling|RequestLimitExceeded|RequestTimeTooSkewed|RequestExpired|TokenRefreshRequired|IncompleteSignature|MissingSecurityHeader|NoSuch(?:Key|Bucket|Upload|Version|Entity)|InvalidBucketName|InvalidObjectName|InvalidRange|MalformedXML|EntityToo(?:Large|Small)|BucketNotEmpty|PreconditionFailed|QueueDoesNotExist|InvalidParameterValue|ReceiptHandleIsInvalid|MissingParameter';
