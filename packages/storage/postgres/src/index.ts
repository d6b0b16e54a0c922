export { createPostgresAdapter, type PostgresAdapter } from './adapter.js';
export type { ColumnType } from './columns.js';
export type { PostgresOptions } from './config.js';
export type { Condition, FieldCondition, Order, PostgresQuery } from './query.js';
