import type { StorageRecord, Stored } from '@drydock/storage';

/** A node of the graph. */
export interface Entity extends StorageRecord {
  /** One of the labels that the adapter was made with. */
  readonly label: string;
  /** What is known of it: any JSON, and `bigint` at the top level or in lists of integers. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A directed edge between two entities. */
export interface Relationship extends StorageRecord {
  /** One of the types that the adapter was made with. */
  readonly type: string;
  /** Id of the entity where it starts. */
  readonly from: string;
  /** Id of the entity where it ends. */
  readonly to: string;
  /** What is known of it: any JSON, and `bigint` at the top level or in lists of integers. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What this adapter stores; entities and relationships share one space of ids. */
export type GraphRecord = Entity | Relationship;

/** A record as a search finds it. */
export type Found = Stored<GraphRecord> & {
  /** Hops from the entity asked for (neighbours), or the place within the path, from 0. */
  readonly distance?: number;
};
