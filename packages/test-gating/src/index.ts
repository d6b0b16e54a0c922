export type { Decision } from './gate/decide.js';
export { decide } from './gate/decide.js';
export type { GrantRequest, Grants } from './gate/grants.js';
export { resolveGrants } from './gate/grants.js';
export { mergeLedgers } from './ledger/merge.js';
export { mergeDuplicates } from './ledger/merge-duplicates.js';
export type { Ledger, LedgerTest } from './ledger/schema.js';
export { readLedger } from './ledger/store.js';
