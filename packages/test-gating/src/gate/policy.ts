import type { OwnServices, Registry } from '@drydock/workspace';
import type { NotedRead } from '../environment/noted-reads.js';
import type { EndpointLock } from '../guard/endpoint-lock.js';
import type { RedactionOptions } from '../redact/redaction-options.js';
import type { Grants } from './grants.js';

/** A test selected by its id, `PATH::NAME`. */
export interface NodeId {
  /** Absolute path of a test file or folder. */
  readonly path: string;
  /** Names from the outermost suite inwards, joined with ` > `; every test of the path when absent. */
  readonly name?: string;
}

/** A variable that holds the addresses of servers. */
export interface EndpointVariable {
  readonly variable: string;
  /** Scope of the markers that it is open to: `public` where its server replaces a provider. */
  readonly scope: 'lan' | 'public';
  /** Variable with the port, where the address may be a host alone. */
  readonly port?: string;
  /** The one marker that it is open to, whatever its scope. @default every marker of the scope */
  readonly marker?: string;
  /** A good address; its port is the usual one. */
  readonly example?: string;
}

/** How the guard is set up in every worker. */
export interface GuardSettings {
  /** File to which each attempt is appended at once, by workers and their children. */
  readonly reportFile: string;
  /** Endpoints that every test may reach: `host`, `host:port`, CIDR, `*.name`. */
  readonly allow: readonly string[];
  /** Hosts of the registered providers, open to tests whose markers reach the public internet. */
  readonly providers: readonly string[];
  /** Variables with the addresses of servers, open when set. */
  readonly endpoints: readonly EndpointVariable[];
  /** Whether tests may listen on loopback and reach what the run itself opened. */
  readonly loopbackServers: boolean;
  /** Whether what nock and msw refuse counts as refused. */
  readonly mockLibraries: boolean;
  /** Programs other than Node that tests may start. */
  readonly programs: readonly string[];
  /** Reviewed endpoint lock; absent where there is no lock file. */
  readonly lock?: EndpointLock;
  /** File in which a `--learn` run notes the endpoints that networked tests reach. */
  readonly learnFile?: string;
  /** Whether the run is in an empty network namespace. */
  readonly isolated: boolean;
  /** Whether no other run is in the same namespace at the same time, so that what the kernel counts there is this one's. */
  readonly alone: boolean;
  /** Whether `drydock run` started the run. */
  readonly driven?: boolean;
}

/** A server or a provider that is not available, and so are the tests that need it. */
export interface Unavailable {
  readonly backend: string;
  /** Scope of the tests that need it. */
  readonly scope: 'lan' | 'public';
  readonly reason: string;
}

/** Everything that a worker needs to gate its tests; plain data, provided to every worker. */
export interface GatePolicy {
  readonly registry: Registry;
  readonly grants: Grants;
  readonly select?: readonly NodeId[];
  /** Backends and providers that the project's tests need; a tag of that name says which of them a test is about. */
  readonly needs?: readonly string[];
  /** Names of the workspace's backends and providers, which are not secrets even where one is a password. */
  readonly commonValues?: readonly string[];
  /** What the project says about its own secrets. */
  readonly redaction?: RedactionOptions;
  /** Absent only in a worker that was given no policy. */
  readonly guard?: GuardSettings;
  /** Variables that must not reach test code; absent in a networked run. */
  readonly scrub?: {
    readonly names: readonly string[];
    readonly allow: readonly string[];
    /** Fingerprints of the values that the machine has configured. */
    readonly outside: readonly string[];
    /** Whether workers note which variables the project reads. @default false */
    readonly notesReads?: boolean;
  };
  /** Whether the project itself lets a file stand without a test. @default false */
  readonly allowsNoTests?: boolean;
}

/** The gate's decision on a test, for the reporters. */
export interface TestNote {
  readonly markers: readonly string[];
  /** Set when the gate, not the author, kept the test from running. */
  readonly fate?: 'gated' | 'unavailable' | 'deselected';
  readonly missing?: readonly string[];
  readonly reason?: string;
}

/** Network exceptions of a test or suite, beside its level: `{ meta: { network: { allow: ['127.0.0.1:1'] } } }`. */
export interface NetworkMeta {
  /** Endpoints: `host`, `host:port`, CIDR, `*.name`, `unix:/path`. @default [] */
  readonly allow?: readonly string[];
  /** Whether it may listen on loopback and reach what the run itself opened. @default false */
  readonly loopbackServers?: boolean;
}

/** Network exceptions in the `meta` of a task. */
export function networkOf(meta: object): NetworkMeta {
  return (meta as { network?: NetworkMeta }).network ?? {};
}

/** Result of a worker's check of its own guard, in the `meta` of each file. */
export interface GuardProof {
  /** Process and thread. */
  readonly worker: string;
  readonly active: boolean;
  /** Ways out that the guard did not block, and patches that were undone. */
  readonly missing: readonly string[];
}

/** Variables that a file's worker noted, in the `meta` of the file. */
export function readsOf(meta: object): readonly NotedRead[] {
  return (meta as { drydockReads?: readonly NotedRead[] }).drydockReads ?? [];
}

/** A worker's proof in a file's `meta`. */
export function proofOf(meta: object): GuardProof | undefined {
  return (meta as { drydockGuard?: GuardProof }).drydockGuard;
}

/** The gate's decision in the `meta` of a test, which reporters of any Vitest version can read. */
export function noteOf(meta: object): TestNote | undefined {
  return (meta as { drydock?: TestNote }).drydock;
}

/** What the run tells its workers, so that `fresh` finds the servers. */
export interface FreshSettings {
  /** Namespace of the run, in which parts and templates are named. */
  readonly run: string;
  /** Folder of the project whose services are known. */
  readonly root: string;
  /** Name of the project. */
  readonly project: string;
  /** Services that the configuration declares. */
  readonly own: OwnServices;
  /** Backends whose servers the run started, and throws away. */
  readonly started: readonly string[];
  /** File in which a worker notes the backends of whose servers it took parts. */
  readonly log: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    drydock: GatePolicy;
    drydockUnavailable: Unavailable[];
    /** `host:port` of the servers that the run has ready. */
    drydockEndpoints: string[];
    /** Those of them that the run started itself, which no lock can name. */
    drydockStarted: string[];
    /** What `fresh` works with. */
    drydockFresh: FreshSettings;
  }
}
