/** The kind of operation that was refused. */
export type Protocol =
  | 'tcp'
  | 'tls'
  | 'udp'
  | 'dns'
  | 'unix'
  | 'listen'
  | 'child'
  | 'worker'
  | 'inspector'
  | 'binding'
  | 'addon'
  | 'tamper';

/** What a level may reach: nothing, configured endpoints, or the hosts of registered providers. */
export type Scope = 'none' | 'lan' | 'public';

/**
 * One endpoint that is let through: `host`, `host:port`, `10.0.0.0/8`, `10.0.0.0/8:5432`, `*.example.com`,
 * `*:8080`, `[::1]:6379`, or the same as an object; or one Unix socket: `unix:/run/name.sock`, `unix:@abstract`.
 */
export type AllowRule = string | AllowRuleObject;

/** The long form of an {@link AllowRule}. */
export interface AllowRuleObject {
  /** A name, an IP address, a CIDR block, `*.name`, or `*`. */
  host: string;
  /** The only port that is let through; every port when absent. */
  port?: number | undefined;
  /** The addresses that `host` may resolve to; the first answer of the resolver when absent. */
  addresses?: readonly string[] | undefined;
}

/** What code may reach. */
export interface Policy {
  /** How names are resolved and how the refusal is worded; default `none`. */
  scope?: Scope | undefined;
  /** The endpoints that are let through; default none. */
  allow?: readonly AllowRule[] | undefined;
  /** Whether code may listen on loopback and reach listeners that this run opened; default false. */
  loopbackServers?: boolean | undefined;
  /** Programs other than Node that may be started, by name or absolute path; default none. */
  programs?: readonly string[] | undefined;
  /** Variables that those programs get, so that they stay off the network by themselves; default none. */
  programsEnv?: Readonly<Record<string, string>> | undefined;
  /** Folders in which Unix sockets are allowed; default: the system's folder for temporary files. */
  tempDirs?: readonly string[] | undefined;
  /** Whether the operating system isolates child processes, so that any program may start; default false. */
  osWall?: boolean | undefined;
}

/** The test that code runs for. */
export interface TestContext {
  /** A stable identity, used by `takeAttempts`. */
  id: string;
  /** The name that messages show. */
  name?: string | undefined;
  /** The file that the test is in. */
  file?: string | undefined;
  /** What this test may reach; the file's or the project's policy when absent. */
  policy?: Policy | undefined;
}

/** A refused attempt to leave the process. */
export interface Attempt {
  /** The test that is to blame, when one is known. */
  test?: string | undefined;
  /** Its name, when it was given. */
  testName?: string | undefined;
  /** The test file that is to blame, when one is known. */
  file?: string | undefined;
  /** The kind of operation. */
  protocol: Protocol;
  /** Host name or address; a path, program or module name where there is no host. */
  host: string;
  /** The port, where there is one. */
  port?: number | undefined;
  /** The address that `host` stood for, when the attempt got that far. */
  address?: string | undefined;
  /** The first frame outside of Node, this package and node_modules: `file:line:column`. */
  frame?: string | undefined;
  /** The call that was refused. */
  api: string;
  /** The scope that was in force. */
  scope: Scope;
  /** Why it was refused, when it is not simply missing from the allow list. */
  reason?: string | undefined;
  /** Milliseconds since the epoch. */
  time: number;
  /** The process it was made in. */
  pid: number;
  /** The thread it was made in; 0 is the main thread. */
  thread: number;
}

/** What a person can do about a refusal; each member is one line. */
export interface Remedy {
  /** The marker that would make the attempt legitimate. */
  marker?: string | undefined;
  /** What keeps a test whose marker reaches that far from this endpoint. */
  missing?: string | undefined;
  /** The command line flag that would run it. */
  flag?: string | undefined;
  /** The target or command that would run it. */
  target?: string | undefined;
  /** How to allow exactly this attempt. */
  allow?: string | undefined;
  /** How to do without the network. */
  mock?: string | undefined;
}

/** What `installGuard` takes. */
export interface GuardOptions extends Policy {
  /** A file to which each attempt is appended at once as a line of JSON, also by children; default: a temporary one when needed. */
  reportFile?: string | undefined;
  /** Whether the debugger's port may be opened: a runner that was asked for it does so before any test; default false. */
  debugger?: boolean | undefined;
  /** Gives the remedies of a refusal; missing ones are filled by the default. */
  describe?: ((attempt: Attempt) => Remedy) | undefined;
  /** Paths whose frames are never blamed, for example those of a test runner; default none. */
  ignoreFrames?: readonly string[] | undefined;
  /**
   * Whether to print attempts at exit and to end with `exitCode`; default false. Descendants leave the printing to the
   * process that began the run, except with `own`.
   */
  summary?: boolean | 'own' | undefined;
  /** The exit code when anything was refused and `summary` is on; default 3. */
  exitCode?: number | undefined;
}

/** What `canary` found. */
export interface CanaryResult {
  /** Whether every probe was refused and every patch is in place. */
  active: boolean;
  /** The probes that got through and the patches that are gone. */
  missing: string[];
}
