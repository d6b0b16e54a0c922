export { createTypesenseAdapter, type TypesenseAdapter } from './adapter.js';
export type { TypesenseRecord } from './codec.js';
export type { DriverOptions, TypesenseConfig } from './config.js';
export type { FieldOptions } from './fields.js';
export type { FieldCondition, FilterValue, TypesenseFilter } from './filter.js';
export type { FacetCount, NearVector, TypesenseItem, TypesensePage, TypesenseQuery } from './query.js';
export { createScopedKey, type ScopedKeyOptions } from './scoped-key.js';
