import { words } from './words.js';

/** Values so common that replacing each of them would make a report unreadable; compared in lower case. */
export const COMMON_VALUES = words(`
  0.0.0.0 127.0.0.1 admin administrator anonymous changeme database default development disabled docker
  enabled example guest integration local localhost memory oauth2 minioadmin mistral neo4j nobody password
  passwd postgres postgresql production public qdrant redacted redis required root secret service
  staging string test testing typesense undefined unknown username valkey
`);

/** Words that stand under a secret's name and are none: types, modes, states; compared in lower case. */
export const PLAIN_VALUES = words(`
  any array basic bearer bigint boolean default disabled empty enabled expected false function include invalid
  missing never none null number object omit optional required same-origin string symbol true undefined unknown void
`);
