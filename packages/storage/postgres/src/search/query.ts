import type { StorageQuery } from '@drydock/storage';
import { PAGE, type Shape } from '@drydock/storage/backend-kit';

/** Compares one field; all operators given must hold. */
export interface FieldCondition {
  /** `id`, a declared column, or any other top-level property of the records. */
  readonly field: string;
  /** Steps into JSON: property names, or positions in an array. */
  readonly path?: readonly (string | number)[] | undefined;
  /** Equals; null stands for absent too. */
  readonly eq?: unknown;
  /** Does not equal; absent values qualify. */
  readonly ne?: unknown;
  /** Equals one of these. */
  readonly in?: readonly unknown[];
  readonly gt?: unknown;
  readonly gte?: unknown;
  readonly lt?: unknown;
  readonly lte?: unknown;
  /** JSON only: holds all of this, as `@>` does. */
  readonly contains?: unknown;
  /** Whether there is a value other than null. */
  readonly exists?: boolean;
}

/** A field's condition, or conditions combined. */
export type Condition =
  | FieldCondition
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** A field to sort by; absent values come after all others, in descending order before them. */
export interface Order {
  /** `id` or a declared column that is not `jsonb`. */
  readonly field: string;
  /** Default `asc`. */
  readonly direction?: 'asc' | 'desc' | undefined;
}

/** What to search for. */
export interface PostgresQuery extends StorageQuery {
  /** All must hold; default: every record. */
  readonly where?: Condition | readonly Condition[] | undefined;
  /** First by the first, then by the next; the id decides last. Default: by id. */
  readonly orderBy?: readonly Order[] | undefined;
}

/** What a query may hold. */
export function queryShape(): Shape<PostgresQuery> {
  return QUERY;
}

const QUERY: Shape<PostgresQuery> = { ...PAGE, where: 'object|list', orderBy: 'list' };
