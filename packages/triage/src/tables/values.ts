import type { Conditions } from '../classify/rule.js';

const NO_HOST =
  '(?:undefined|null|NaN|none|None|https?|true|false|\\[object[^\\s]*|\\$\\{?\\w+\\}?|%7B\\w*|<[\\w-]+>|your[-_.]\\w+)';
const NO_PORT = '(?:0|NaN|undefined|null|-\\d+|6553[6-9]|655[4-9]\\d|65[6-9]\\d\\d|6[6-9]\\d{3}|[7-9]\\d{4})';

/** Addresses, ports and times that cannot be. */
export const IMPOSSIBLE: readonly Conditions[] = [
  // Node leaves out a port that is 0.
  { message: '\\bconnect (?:ECONNREFUSED|EADDRNOTAVAIL) (?:\\d+\\.){3}\\d+(?: - Local|\\)|$)' },
  { message: `\\b(?:getaddrinfo|query\\w*) \\w+ ${NO_HOST}(?::|\\s|$)` },
  { message: '\\b(?:getaddrinfo|querySrv) \\w+ (?:_\\w+\\._tcp\\.)?(?:undefined|null)\\b' },
  { message: '\\bgetaddrinfo \\w+ (?:[\\w.-]+:\\d+|[\\w+]+://\\S*|\\S*/\\S*)$' },
  { message: `\\bconnect E\\w+ \\S*[^\\s:]:${NO_PORT}(?: |$|\\))` },
  {
    message: `(?:nslookup|dial tcp|lookup|resolve host|failed to resolve|host name|hostname|host=)[^\\n]{0,20}[ '"]${NO_HOST}(?:[:'"]|$)`,
  },
  { code: `ENOTFOUND|EAI_AGAIN|EAI_NONAME`, endpoint: `${NO_HOST}(?::\\d+)?|` },
  { code: 'ECONNREFUSED|EADDRNOTAVAIL|ETIMEDOUT', endpoint: `\\S*[^\\s:]:${NO_PORT}` },
  {
    code: 'ERR_SOCKET_BAD_PORT|ERR_INVALID_URL|ERR_INVALID_PROTOCOL|ERR_UNESCAPED_CHARACTERS|ERR_INVALID_IP_ADDRESS',
  },
  { code: 'ERR_OUT_OF_RANGE', message: '(?:delay|timeout|port|time|"ms"|options\\.)' },
  {
    message:
      '^(?:Invalid URL|Failed to parse URL|Only absolute URLs|Invalid scheme|Invalid connection string|Invalid (?:mongodb|port|host|hostname|protocol(?! header| version| error| id)|endPoint|base URL|argument)\\b|(?:[Pp]ort|options\\.port) should be|bad port$|unknown scheme$|Only HTTP\\(S\\) protocols|Expected amqp|Protocol "[^"]*" not supported|Unsupported protocol(?!;| version)|Cannot parse|Could not parse [^\\n]*(?:url|URL|connection string)|The (?:`uri` parameter|"(?:listener|url|host|path|port|delay|timeout)" (?:argument|property))|The value of "(?:delay|timeout|port|options\\.\\w+)" is out of range|[Uu]ri (?:parameter|must)|Missing (?:protocol|hostname|host)|Invalid IP address|relative URL without a base|unsupported protocol scheme|missing protocol scheme|No scheme supplied|Request URL is missing|invalid port)',
    root: true,
  },
  {
    message:
      'got ["\\x27]?undefined["\\x27]?\\b[^\\n]*(?:connect|openUri)|timeout(?: value)? (?:must|should|has to) be (?:a |an )?(?:positive|non-negative|integer)|TimeoutNegativeWarning|TimeoutNaNWarning',
  },
];

/** Validators of values. */
export const VALIDATORS: readonly Conditions[] = [
  {
    name: 'ZodError|ValiError|ValidationError|\\w*ValidationError|YupError|TypeBoxError|JsonSchemaValidationError|ArkErrors|StructError|ParseError|AjvError|CastError|StrictModeError|DocumentNotFoundError|PrismaClientValidationError|Mongo(?:ose)?ParseError|ParameterError',
  },
  {
    message:
      '^(?:strict mode: |unknown keyword|schema is invalid|data (?:must|should) |An instance of \\w+ has failed the validation|\\d+ validation errors? for |\\w+ validation failed: |Invalid (?:type|input|key|value|literal|enum|discriminator)[:,. ]|Validation (?:failed|error)\\b|["\\x27`][\\w.[\\]]+["\\x27`] (?:is required|must be|is not allowed)|Input validation|\\[\\s*\\{\\s*"(?:code|expected|validation|received|path|message|origin)")',
    own: false,
  },
];

/** Clients that were closed, or not opened, by those who use them. */
export const USED_AFTER_CLOSE =
  'Cannot use (?:a|the) \\w+ (?:after|that has)\\b|Client was closed and is not queryable|^connection (?:is )?already closed$|(?:[Cc]lient|[Dd]river|[Tt]opology|[Pp]ool|[Ss]ession|[Cc]hannel|[Pp]roducer) (?:must be connected|(?:is|was|has been) (?:already )?(?:closed(?! by\\b)|destroyed|ended|draining|not (?:open|running|connected)))|Called end on pool|Cannot enqueue \\w+ after|write after end|(?:^|write )CONNECTION_(?:ENDED|DESTROYED)\\b|(?:on|to|using) a (?:closed|released|destroyed)|has already been (?:connected|closed|released|destroyed)|already connect(?:ing|ed)|Release called on client|^Channel (?:is )?closed\\.?$|Cannot call write after a stream was destroyed|Cannot read from a closed';
