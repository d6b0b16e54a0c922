import type { Rule } from '../classify/rule.js';

/** Clients whose HTTP status is the server's word about our credentials or limits. */
export const CLIENTS =
  'AxiosError|ApiError|APIError|SDKError|HTTPError|HttpError|GoogleGenerativeAI\\w*Error|QdrantClient\\w*Error|AuthenticationError|PermissionDeniedError|RateLimitError|InternalServerError|RequestUnauthorized|ServerError|HTTPValidationError|MistralError|APIConnectionError|Llm\\w+Error|Storage\\w+Error|ServiceError';

/** Credentials, privileges, names of databases, versions. */
export const LOGIN_RULES: readonly Rule[] = [
  {
    id: 'redis-login',
    class: 'environment',
    subclass: 'login',
    remedy:
      'Redis refuses the credentials or the user’s rights ({code}): check REDIS_URL and the ACL; then: drydock doctor redis.',
    when: [
      { code: 'WRONGPASS|NOAUTH|NOPERM' },
      {
        message:
          '^(?:(?:WRONGPASS|NOAUTH|NOPERM) |ERR AUTH <password> called without|ERR invalid password|ERR Client sent AUTH)',
      },
    ],
  },
  {
    id: 'postgres-login',
    class: 'environment',
    subclass: 'login',
    remedy:
      'PostgreSQL refuses the login ({code}): check user and password in POSTGRES_URL and pg_hba.conf; then: drydock doctor postgres.',
    when: [
      { code: '28000|28P01' },
      {
        message:
          '^(?:(?:[^\\n]* failed: )?(?:FATAL: +)?password authentication failed for user|no pg_hba\\.conf entry|SASL: |role ".*" does not exist)',
      },
    ],
  },
  {
    id: 'postgres-privilege',
    class: 'environment',
    subclass: 'privilege',
    remedy: 'The database user lacks a privilege ({code}): grant it, or use another user in POSTGRES_URL.',
    when: [
      { code: '42501' },
      { message: '^permission denied for (?:schema|table|database|relation|sequence) ' },
    ],
  },
  {
    id: 'neo4j-login',
    class: 'environment',
    subclass: 'login',
    remedy:
      'Neo4j refused the credentials ({code}): check NEO4J_USER and NEO4J_PASSWORD; then: drydock doctor neo4j.',
    when: [
      { code: 'Neo\\.ClientError\\.Security\\.(?!AuthenticationRateLimit).+' },
      {
        message:
          '^The client is unauthorized due to authentication failure|^The credentials you provided were valid, but must be changed',
      },
    ],
  },
  {
    id: 'wrong-database',
    class: 'environment',
    subclass: 'wrong-database',
    remedy:
      'The database that the settings name does not exist on this server ({code}): correct the name, or create it.',
    when: [
      { code: '3D000|Neo\\.ClientError\\.Database\\.DatabaseNotFound' },
      {
        message:
          '^database ".*" does not exist$|^ERR DB index is out of range|^Database does not exist\\. Database name|get a routing table for database',
      },
    ],
  },
  {
    id: 'wrong-schema',
    class: 'environment',
    subclass: 'wrong-schema',
    remedy:
      'The schema that the settings name does not exist ({code}): create it, run the migration, or correct the setting.',
    when: [{ code: '3F000' }, { message: '^schema ".*" does not exist$|^no schema has been selected' }],
  },
  {
    id: 'version',
    class: 'environment',
    subclass: 'version',
    remedy:
      'The server is older than what is asked of it, or lacks a module: bring it up to date, or use another one.',
    when: [
      { code: 'ERR_DRYDOCK_VERSION|VERSION_TOO_OLD' },
      {
        name: 'ReplyError',
        message:
          "^ERR unknown command ['`](?:H(?:P?EXPIRE(?:AT|TIME)?|P?TTL|PERSIST|GETDEL|GETEX|SETEX)|[BZL]*MPOP|S?INTERCARD|ZINTERCARD|EXPIRETIME|PEXPIRETIME|GETEX|GETDEL|LMOVE|ZMSCORE|ZRANGESTORE|COPY|FUNCTION|FCALL\\w*|SPUBLISH|XAUTOCLAIM|XACKDEL|XDELEX|V(?:ADD|SIM|CARD)|(?:FT|JSON|BF|CF|TS|TOPK|CMS)\\.\\w+)['`]",
      },
      {
        message:
          '^function (?:any_value|uuidv[47]|array_shuffle|array_sample|array_sort|random_normal|json_scalar|casefold|crc32c?)\\(.*\\) does not exist',
      },
      {
        message:
          '(?:server (?:version )?(?:is )?too old|requires (?:a )?server version|unsupported server version|minimum supported (?:wire )?version|does not support the minimum|unsupported frontend protocol|server does not support any of the bolt|is older than the supported)',
      },
    ],
  },
];
