import type { ConformanceOptions } from '../conformance/index.js';
import type { FaultKind } from '../errors/fault.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';

/** Variables that point an adapter at a server, such as `REDIS_URL`. */
export type Variables = Readonly<Record<string, string>>;

/** A disturbance of a connection, in Toxiproxy's terms. */
export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'timeout' | 'reset_peer' | 'slicer' | 'limit_data' | 'slow_close';
  /** Settings of that type: milliseconds, bytes, KB/s, microseconds for the pauses of `slicer`. */
  readonly attributes: Readonly<Record<string, number>>;
  /** To the client or to the server; default `downstream`, to the client. */
  readonly stream?: 'downstream' | 'upstream';
}

/** A proxy between the adapter and a real server. */
export interface FaultProxy {
  /** Variables that point an adapter at the proxy. */
  readonly variables: Variables;
  /** Disturbs what passes from now on. */
  add(toxic: Toxic): Promise<void>;
  /** Closes all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Removes all disturbances, and takes connections again. */
  restore(): Promise<void>;
  /** Closes the proxy. */
  close(): Promise<void>;
}

/** A real server whose processes the suite may end. */
export interface CrashableServer {
  /** Variables that point an adapter at the server. */
  readonly variables: Variables;
  /** Ends all its processes at once. */
  kill(): Promise<void>;
  /** Asks the server to end, as an administrator would; settles when it has. */
  end(): Promise<void>;
  /** Stops its processes where they stand. */
  freeze(): Promise<void>;
  /** Lets its processes continue. */
  thaw(): Promise<void>;
  /** Starts the server again over the same data; settles when it answers. */
  start(): Promise<void>;
  /** Ends the server for good and removes its data. */
  stop(): Promise<void>;
}

/** Opens proxies and starts servers that may fail; rejects with `reason` and `remedy` where this machine cannot. */
export interface FaultRig {
  /** Opens a proxy before the server that the environment names. */
  openProxy(): Promise<FaultProxy>;
  /** Starts a server with this password, changed as one of the `ServerFault`s asks. */
  startServer(password: string, fault?: string): Promise<CrashableServer>;
}

/** The fault that a call must reject with. */
export interface ExpectedFault {
  readonly kind: FaultKind;
  readonly retriable: boolean;
  readonly outcome: 'not_sent' | 'rejected' | 'unknown';
  /** The stable code; default: any. */
  readonly code?: string;
}

/** A state of one backend's server in which it serves some calls and refuses others. */
export interface ServerFault {
  /** Such as `out of memory`. */
  readonly name: string;
  /** Whether it needs a server of its own, started for it by name; default: the one that the suite has. */
  readonly ownServer?: boolean;
  /** Why this machine cannot bring the state about; default: it can. */
  unavailable?(): Promise<string | undefined>;
  /** Brings the state about; default: it is there from the start, or comes with writing. */
  begin?(variables: Variables): Promise<void>;
  /** Ends the state; default: it stays. */
  end?(variables: Variables): Promise<void>;
  /** Whether the state comes only once enough was written; default false. */
  readonly comesWithWriting?: boolean;
  /** What `store` and `storeBatch` reject with. */
  readonly writes: ExpectedFault;
  /** What reads do; default: they are served. */
  readonly reads?: ExpectedFault;
  /** What `delete` and `deleteBatch` reject with; default: as `writes`, and `served` means that they are. */
  readonly deletes?: 'served' | ExpectedFault;
}

/** A server with TLS, where the backend can be started with it. */
export interface TlsFaults<R extends StorageRecord, Q extends StorageQuery, Item> {
  /** Starts a server with this certificate and key. */
  startServer(password: string, certificate: { cert: string; key: string }): Promise<CrashableServer>;
  /** The backend over TLS, trusting this certificate alone. */
  target(variables: Variables, ca: string): ConformanceOptions<R, Q, Item>;
}

/** What a backend gives to `storageFaults`. */
export interface StorageFaultsOptions<R extends StorageRecord, Q extends StorageQuery, Item> {
  /** Backend's name, such as `redis`. */
  readonly name: string;
  /** The backend at a server, as for its conformance suite. */
  target(variables: Variables): ConformanceOptions<R, Q, Item>;
  /** Opens proxies before the server that is there, and starts further servers to be made to fail. */
  readonly rig: FaultRig;
  /** Default: none. */
  readonly serverFaults?: readonly ServerFault[];
  /** Default: the backend's real server cannot be started with TLS here. */
  readonly tls?: TlsFaults<R, Q, Item>;
  /** Milliseconds for the server to start again (default 60 000). */
  readonly restartTimeoutMs?: number;
  /** How often the server is killed while it is written to (default 3). */
  readonly crashes?: number;
}
