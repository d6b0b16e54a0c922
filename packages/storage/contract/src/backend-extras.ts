import type { EncodedRecord } from './batches/prepare.js';
import type { Attempt } from './calls/attempt.js';
import type { StorageQuery, StorageRecord, Stored } from './records/record.js';

/** When one record may be written. */
export type WriteCondition =
  | { readonly ifAbsent: true }
  /** With `keepLifetime` the record ends when the one before it would have ended. */
  | { readonly ifVersion: string; readonly keepLifetime: boolean };

/** What not every server can do; an adapter tells by `capabilities` which of it is there. */
export interface BackendExtras<R extends StorageRecord, Q extends StorageQuery, Encoded> {
  /** Conditions that `storeIf` takes; default none. */
  readonly conditions?: { readonly ifAbsent: boolean; readonly ifVersion: boolean };
  /** Writes one record, in one step with the look at its condition; whether the condition held. */
  storeIf?(record: EncodedRecord<Encoded>, condition: WriteCondition, attempt: Attempt): Promise<boolean>;
  /** One record with its version; undefined where there is none. */
  retrieveVersion?(
    id: string,
    attempt: Attempt,
  ): Promise<{ readonly record: Stored<R>; readonly version: string } | undefined>;
  /** Gives a record that is alive a lifetime in milliseconds, undefined for none; whether it was there. */
  touch?(id: string, ttlMs: number | undefined, attempt: Attempt): Promise<boolean>;
  /** Deletes everything of the namespace, and returns how many were alive. */
  clear?(attempt: Attempt): Promise<number>;
  /** Deletes what has expired. */
  purge?(attempt: Attempt): Promise<number>;
  /** How many a query finds; default, or where it says undefined: its pages are counted. */
  count?(query: Q, attempt: Attempt): Promise<number | undefined>;
  /** Deletes what a query finds in one step; default: what its pages list is deleted by id. */
  deleteWhere?(query: Q, attempt: Attempt): Promise<number>;
}
