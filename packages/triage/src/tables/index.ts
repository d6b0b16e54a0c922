import type { Conditions } from '../classify/rule.js';
import { AWS, BROKERS, GRPC, MONGODB, MYSQL, PRISMA, TOOLS } from './clients.js';
import { CONTRACTS } from './contracts.js';
import { conditionsOf, type FaultTable } from './fault-table.js';
import { HTTP } from './http.js';
import { JVM, PYTHON } from './languages.js';
import { MODELS } from './models.js';
import { NAMES, OVERDUE, SQL_CLASSES, WAITED } from './names.js';
import { NEO4J, NEO4J_REMEDIES } from './neo4j.js';
import { POSTGRES, POSTGRES_REMEDIES } from './postgres.js';
import { REDIS, REDIS_REMEDIES } from './redis.js';
import { REPORTS } from './report-words.js';
import { QDRANT, TYPESENSE } from './search-servers.js';
import { SYSTEM } from './system.js';
import { TLS } from './tls.js';

/** All that is known of what servers, drivers and systems say; a server needs no adapter to have a table. */
export const TABLES: readonly FaultTable[] = [
  ...[CONTRACTS, SYSTEM, TLS, HTTP, MODELS],
  ...[REDIS, POSTGRES, NEO4J, QDRANT, TYPESENSE, MYSQL, MONGODB],
  ...[PRISMA, AWS, BROKERS, GRPC, TOOLS, PYTHON, JVM, REPORTS, SQL_CLASSES, OVERDUE, WAITED, NAMES],
];

/** What to do about faults of single servers, in words that name their settings. */
export const REMEDIES_OF_SERVERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  redis: REDIS_REMEDIES,
  postgres: POSTGRES_REMEDIES,
  neo4j: NEO4J_REMEDIES,
};

/** What the tables say that a rule holds for. */
export function said(rule: string): Conditions[] {
  return TABLES.flatMap((table) => conditionsOf(table[rule]));
}
