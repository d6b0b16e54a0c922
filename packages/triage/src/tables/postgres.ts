import type { FaultTable } from './fault-table.js';

/** PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const POSTGRES: FaultTable = {
  'postgres-login': {
    code: '28000|28P01',
    message:
      '^(?:(?:[^\\n]* failed: )?(?:FATAL: +)?password authentication failed for user|no pg_hba\\.conf entry|SASL: |role ".*" does not exist)',
  },
  'postgres-privilege': {
    code: '42501',
    message: '^permission denied for (?:schema|table|database|relation|sequence) ',
  },
  'tls-handshake': { message: '^The server does not support SSL connections' },
  'wrong-database': { code: '3D000', message: '^database ".*" does not exist$' },
  'wrong-schema': { code: '3F000', message: '^schema ".*" does not exist$|^no schema has been selected' },
  version: {
    message:
      '^type "?(?:vector|halfvec|sparsevec|geometry|geography|citext|hstore|ltree|cube|box2d|raster|h3index)"? does not exist|^function (?:uuid_generate_v\\d\\w*|gen_random_uuid|st_\\w+|postgis\\w*|similarity|unaccent|crypt|gen_salt|digest|create_hypertable|time_bucket|any_value|uuidv[47]|array_shuffle|array_sample|array_sort|random_normal|json_scalar|casefold|crc32c?)\\(.*\\) does not exist',
  },
  'disk-full': { code: '53100' },
  'out-of-memory': { code: '53200', message: '^out of memory$' },
  'read-only': { code: '25006', message: 'cannot execute .* in a read-only transaction' },
  'too-many-connections': {
    code: '53300|53400',
    message: '^sorry, too many clients already|remaining connection slots are reserved',
  },
  'server-resources': { code: '53000' },
  reset: {
    code: '08(?:000|003|006|001|004)',
    when: [{ name: 'Error', message: '^Connection terminated unexpectedly' }],
  },
  'starting-up': {
    code: '57P0[1235]',
    message:
      'the database system is (?:starting up|shutting down)|terminating connection due to administrator command',
  },
  'family-refused': { code: '(?:2[123]|42|26|0A)[0-9A-Z]{3}' },
  deadline: { when: [{ code: '57014', complete: true }] },
};

/** What to do about what PostgreSQL refuses, by subclass. */
export const POSTGRES_REMEDIES = {
  login:
    'PostgreSQL refuses the login ({code}): check user and password in POSTGRES_URL and pg_hba.conf; then: npx --no-install drydock doctor postgres.',
  privilege: 'The database user lacks a privilege ({code}): grant it, or use another user in POSTGRES_URL.',
};
