import type { FaultTable } from './fault-table.js';

/** Qdrant's JavaScript client: https://github.com/qdrant/qdrant-js */
export const QDRANT: FaultTable = {
  'rate-limit': { name: 'QdrantClientResourceExhaustedError' },
  deadline: { when: [{ name: 'QdrantClientTimeoutError', root: true, complete: true }] },
};

/** Typesense and its JavaScript client: https://typesense.org/docs/latest/api/api-errors.html */
export const TYPESENSE: FaultTable = {
  'provider-key': { name: 'RequestUnauthorized', message: 'Forbidden - a valid `x-typesense-api-key`' },
  'disk-full': { code: 'OUT_OF_DISK', message: 'OUT_OF_DISK' },
  'out-of-memory': { code: 'OUT_OF_MEMORY', message: 'OUT_OF_MEMORY' },
  'starting-up': { message: 'Not Ready or Lagging' },
  'family-refused': { name: 'ObjectNotFound|ObjectAlreadyExists|ObjectUnprocessable|RequestMalformed' },
};
