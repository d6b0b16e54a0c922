/** Kind of sandbox around a process; `none` where none was found. */
export const SANDBOX_KINDS = [
  'none',
  'seccomp',
  'denied-sockets',
  'empty-network-namespace',
  'proxy-only',
  'no-route',
  'no-dns',
  'mirror-only',
] as const;

/** One kind of sandbox. */
export type SandboxKind = (typeof SANDBOX_KINDS)[number];

/** A variable by which an agent's sandbox makes itself known; its value is not kept. */
export interface AgentHint {
  /** Who runs the command: `Codex`. */
  readonly agent: string;
  readonly variable: string;
}

/** Whether one kind of call works: `ok`, or the code it failed with. */
export type ProbeResult = string;

/** Raw results of the probes. */
export interface Observations {
  /** ISO 8601; a sandbox's answer can change within a run. */
  readonly at: string;
  /** Connecting to a closed port of 127.0.0.1; a refusal counts as `ok`. */
  readonly loopback: ProbeResult;
  /** Listening on 127.0.0.1. */
  readonly listen: ProbeResult;
  /** A route to a public address of each family; no packet is sent. */
  readonly routes: { readonly ipv4: ProbeResult; readonly ipv6: ProbeResult };
  /** Whether what a Node program prints into a pipe is lost; absent where sockets are not denied. */
  readonly losesOutput?: boolean;
  /** Linux: the mode in /proc/self/status; 2 is a filter. */
  readonly seccomp?: number;
  /** Interfaces other than loopback; absent where the system does not say. */
  readonly interfaces?: readonly string[];
  /** Number of name servers that /etc/resolv.conf lists; absent where there is no such file. */
  readonly nameservers?: number;
  /** Proxy variables that are set, by name. */
  readonly proxies: readonly string[];
  /** Whether one of them names a proxy on this machine. */
  readonly localProxy: boolean;
  /** Whether Node's own fetch goes through them. */
  readonly nodeUsesProxies: boolean;
  /** Variables and files that configure a package registry of the surroundings. */
  readonly mirrors: readonly string[];
  readonly hints: readonly AgentHint[];
}

/** A sandbox or its absence, with the evidence and what to ask for. */
export interface SandboxReport {
  readonly kind: SandboxKind;
  /** One line. */
  readonly evidence: string;
  /** What to do about it; absent where there is no sandbox. */
  readonly remedy?: string;
  readonly observations: Observations;
}
