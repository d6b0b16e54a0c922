export { createTypesenseAdapter, type TypesenseAdapter } from './adapter.js';
export type { TypesenseRecord } from './codec.js';
export type { DriverOptions, TypesenseConfig } from './config.js';
export type { FieldOptions } from './fields.js';
export { createScopedKey, type ScopedKeyOptions } from './scoped-key.js';
export type { FieldCondition, FilterValue, TypesenseFilter } from './search/filter.js';
export type { FacetCount, NearVector, TypesenseItem, TypesensePage, TypesenseQuery } from './search/query.js';
