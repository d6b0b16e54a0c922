import type { StorageQuery } from '@drydock/storage';
import { type AnyShape, PAGE, type Shape } from '@drydock/storage/backend-kit';

/** Compares one property; all operators given must hold. Only what Neo4j holds natively compares: no nested values. */
export interface PropertyCondition {
  /** Letters, digits and underscores, not starting with an underscore. */
  readonly property: string;
  /** Equals; null stands for absent. */
  readonly eq?: string | number | bigint | boolean | null;
  /** Equals one of these. */
  readonly in?: readonly (string | number | bigint | boolean)[];
  readonly gt?: string | number | bigint;
  readonly gte?: string | number | bigint;
  readonly lt?: string | number | bigint;
  readonly lte?: string | number | bigint;
  /** Text only. */
  readonly startsWith?: string;
  /** Text only. */
  readonly contains?: string;
  /** Whether there is a value. */
  readonly exists?: boolean;
}

/** Which way relationships are followed: as they point, against it, or either way. */
export type Direction = 'out' | 'in' | 'both';

/** Entities in the order of their ids. */
export interface EntityQuery extends StorageQuery {
  readonly find: 'entities';
  /** Default: any. */
  readonly label?: string;
  /** All must hold; default: every entity. */
  readonly where?: readonly PropertyCondition[];
}

/** Relationships in the order of their ids. */
export interface RelationshipQuery extends StorageQuery {
  readonly find: 'relationships';
  /** Default: any. */
  readonly type?: string;
  /** Id of the entity where they start; default: any. */
  readonly from?: string;
  /** Id of the entity where they end; default: any. */
  readonly to?: string;
  /** All must hold; default: every relationship. */
  readonly where?: readonly PropertyCondition[];
}

/** The entities around one, the nearest first, each once with its shortest distance. */
export interface NeighbourQuery extends StorageQuery {
  readonly find: 'neighbours';
  /** Id of the entity in the middle, which is not part of the result. */
  readonly of: string;
  /** Most hops, 1 to 6; default 1. */
  readonly depth?: number;
  /** Default `both`. */
  readonly direction?: Direction;
  /** Types of relationship to follow; default: all. */
  readonly types?: readonly string[];
  /** Label of the entities found; those on the way may have any. Default: any. */
  readonly label?: string;
}

/** One shortest path: entity, relationship, entity and so on, on one page; nothing when there is none. */
export interface PathQuery extends StorageQuery {
  readonly find: 'path';
  /** Id of the entity where it starts. */
  readonly from: string;
  /** Id of the entity where it ends. */
  readonly to: string;
  /** Most hops, 1 to 15; default 5. A path must fit on the page: `limit` is at least twice this plus one. */
  readonly depth?: number;
  /** Default `both`. */
  readonly direction?: Direction;
  /** Types of relationship to follow; default: all. */
  readonly types?: readonly string[];
}

/** What to search for. */
export type Neo4jQuery = EntityQuery | RelationshipQuery | NeighbourQuery | PathQuery;

/** What a query may hold. */
export function queryShape({ find }: Neo4jQuery): AnyShape {
  return Object.hasOwn(QUERIES, find) ? QUERIES[find] : ANY_QUERY;
}

const LISTING = { ...PAGE, find: 'any' };
const STEPS = { depth: 'number', direction: 'any', types: 'list' };
// An end or a label whose value got lost must not select everything.
const QUERIES: { readonly [Find in Neo4jQuery['find']]: Shape<Extract<Neo4jQuery, { find: Find }>> } = {
  entities: { ...LISTING, label: 'string!', where: 'list' },
  relationships: { ...LISTING, type: 'string!', from: 'string!', to: 'string!', where: 'list' },
  neighbours: { ...LISTING, ...STEPS, of: 'any', label: 'string!' },
  path: { ...LISTING, ...STEPS, from: 'any', to: 'any' },
};
const ANY_QUERY = Object.assign({}, ...Object.values(QUERIES));
