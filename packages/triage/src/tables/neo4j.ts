import type { FaultTable } from './fault-table.js';

/** Neo4j: https://neo4j.com/docs/status-codes/current/errors/all-errors/ */
export const NEO4J: FaultTable = {
  'neo4j-login': {
    code: 'Neo\\.ClientError\\.Security\\.(?!AuthenticationRateLimit).+',
    message:
      '^The client is unauthorized due to authentication failure|^The credentials you provided were valid, but must be changed',
  },
  'wrong-database': {
    code: 'Neo\\.ClientError\\.Database\\.DatabaseNotFound',
    message: '^Database does not exist\\. Database name|get a routing table for database',
  },
  'out-of-memory': {
    code: 'Neo\\.(?:TransientError|DatabaseError)\\.General\\.(?:\\w*OutOfMemory\\w*|StackOverFlowError)',
  },
  'read-only': {
    code: 'Neo\\.ClientError\\.(?:Cluster\\.NotALeader|General\\.(?:ForbiddenOnReadOnlyDatabase|WriteOnReadOnlyAccessDatabase))|NotALeader',
  },
  'server-resources': { code: 'Neo\\.TransientError\\.General\\.\\w+' },
  'rate-limit': { code: 'Neo\\.ClientError\\.Security\\.AuthenticationRateLimit' },
  reset: { code: 'SessionExpired' },
  'starting-up': { code: 'Neo\\.TransientError\\.General\\.DatabaseUnavailable' },
  'wrong-service': { code: 'ProtocolError', message: 'responded HTTP|unknown Bolt protocol' },
  'service-unavailable': { code: 'ServiceUnavailable' },
  'family-refused': { code: 'Neo\\.ClientError\\.(?:Statement|Schema)\\..+' },
};

/** What to do about what Neo4j refuses, by subclass. */
export const NEO4J_REMEDIES = {
  login:
    'Neo4j refused the credentials ({code}): check NEO4J_USER and NEO4J_PASSWORD; then: npx --no-install drydock doctor neo4j.',
};
