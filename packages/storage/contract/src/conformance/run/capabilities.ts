import type { Operation } from '../../errors/operation.js';

/** How backends may differ; everything else is the same for all. What is not declared is found out. */
export interface Capabilities {
  /** Whether records can expire. */
  readonly ttl: boolean;
  /** Whether records hold any JSON. */
  readonly json: boolean;
  /** Order of a search by scope: newest first, or any order that pages keep. */
  readonly order: 'newest-first' | 'any';
  /** Whether pages that follow a cursor neither repeat nor lose records when others are stored meanwhile. */
  readonly stablePages: boolean;
  /** Ids that the backend refuses with a data error before any I/O. */
  readonly refusesId: (id: string) => boolean;
  /** Size of the largest record tried, in bytes; default 1 000 000. */
  readonly largeRecordBytes: number;
  /** Number of records in the largest batch tried; default 10 000. */
  readonly largeBatch: number;
  /** Round trips of a single call on an idle connection, 1 where not named; `vary` where the keys decide. */
  readonly roundTrips: Readonly<Partial<Record<Operation, number>>> | 'vary';
  /** Whether calls of `store` and `retrieve` that are made at the same time travel in one request. */
  readonly sharesRequests: boolean;
}
