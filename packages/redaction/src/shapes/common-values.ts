import { words } from './words.js';

/** Values so common that replacing each of them would make a report unreadable; compared in lower case. */
export const COMMON_VALUES = words(`
  0.0.0.0 127.0.0.1 admin administrator anonymous changeme database default development disabled docker
  enabled example guest integration local localhost memory minioadmin mistral neo4j nobody password
  passwd postgres postgresql production public qdrant redacted redis required root secret service
  staging string test testing typesense undefined unknown username valkey
`);
