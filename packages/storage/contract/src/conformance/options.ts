import type { StorageAdapter } from '../adapter.js';
import type { AdapterOptions } from '../calls/options.js';
import type { SearchPage, StorageQuery, StorageRecord } from '../records/record.js';
import type { Capabilities } from './run/capabilities.js';
import type { ConformanceReport } from './run/report.js';

/** What a sample record is made of; a backend puts it into its own type of record. */
export interface Sample {
  /** Given in most cases; without it the adapter generates one. */
  readonly id?: string;
  /** Records of one scope are found by `query(scope)`, and no others are. */
  readonly scope: string;
  /** Counts up in the order of storing. */
  readonly number: number;
  /** Any text. */
  readonly text: string;
  /** Any JSON, where `capabilities.json` says so. */
  readonly data?: unknown;
}

/**
 * What can happen to a server: `refuse` drops connections and takes no new ones, `silence` reads requests, applies
 * nothing and never answers, `drop-unapplied` closes at the next request, `drop-applied` applies it first (both once).
 */
export type ServerFault = 'refuse' | 'silence' | 'drop-unapplied' | 'drop-applied';

/** Means to make the server fail. */
export interface FaultKit {
  /** Makes the server fail from now on; undefined ends the fault. */
  set(fault: ServerFault | undefined): Promise<void> | void;
  /** Requests that reached the server so far. */
  requests(): number;
}

/** An adapter to be made for a test. */
export interface CreateRequest {
  /** Prefix, schema or collection that belongs to this run alone. */
  readonly namespace: string;
  /** To be passed on to the adapter. */
  readonly options: AdapterOptions;
  /** Use these credentials instead of the right ones. */
  readonly password?: string;
}

/** What a backend gives to be tested. */
export interface ConformanceOptions<R extends StorageRecord, Q extends StorageQuery, Item> {
  /** Title of the suite, such as `redis, offline`. */
  readonly name: string;
  /** What the backend is like; cases that do not apply to it are left out. What is not named here is found out, and its cases are shown as skipped. */
  readonly capabilities?: Partial<Capabilities>;
  /** Makes an adapter that is not connected yet. */
  createAdapter(request: CreateRequest): StorageAdapter<R, Q, Item> | Promise<StorageAdapter<R, Q, Item>>;
  /** Removes all that the run left, at its end, and what killed runs left, at its beginning. */
  removeNamespace(namespace: string): Promise<void>;
  /** Namespaces that are on the server, also those of other runs, as `removeNamespace` takes them; default: nobody looks. */
  namespaces?(): Promise<readonly string[]>;
  /** The sample in the backend's type. */
  record(sample: Sample): R;
  /** A query for the records of a scope. */
  query(scope: string, page?: StorageQuery): Q;
  /** Id of an item found; default its `id`. */
  itemId?(item: SearchPage<Item>['items'][number]): string;
  /** The record with a `number` one higher; default: its property `number` is. */
  increment?(record: R): R;
  /** Makes the stored record unreadable, as another program might; left out where nothing stored can be. */
  corrupt?(namespace: string, id: string): Promise<void>;
  /** Secrets in the connection's settings: none may ever be seen. */
  readonly secrets?: readonly string[];
  /** Whether the server asks for a password, so that a wrong one can be tried; default false. */
  readonly authenticates?: boolean;
  /** What spans say of the server, such as `server.port`; default: not looked at. */
  readonly telemetry?: Readonly<Record<string, string | number>>;
  /** Vitest tags of the one case that stores a record and reads it back, so that a run can pick it; default none. */
  readonly roundTripTags?: readonly string[];
  /** Without it the cases about faults are left out. */
  readonly faults?: FaultKit;
  /** What holds, at the end; default: printed as a table. */
  report?(report: ConformanceReport): void;
}
