export { createPostgresAdapter, type PostgresAdapter } from './adapter.js';
export type { ColumnType } from './columns.js';
export type { PostgresConfig } from './config.js';
export type { Condition, FieldCondition, Order, PostgresQuery } from './search/query.js';
