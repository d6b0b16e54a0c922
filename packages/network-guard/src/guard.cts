import { syncBuiltinESMExports } from 'node:module';
import { formatAttempt } from './attempt/message.cjs';
import { ReportFile } from './attempt/report-file.cjs';
import { canaryProbes, dialCanary } from './canary.cjs';
import { Core } from './core.cjs';
import { blockBindings, blockInspector } from './patches/bindings.cjs';
import { blockChildren } from './patches/children.cjs';
import { observeConnecting } from './patches/connecting.cjs';
import { observeDatagrams } from './patches/datagrams.cjs';
import { blockDns } from './patches/dns.cjs';
import type { Inheritance } from './patches/inherit.cjs';
import { observeListening } from './patches/listen.cjs';
import { observeOrigins } from './patches/origins.cjs';
import { blockTcp } from './patches/tcp.cjs';
import { blockUdp } from './patches/udp.cjs';
import { blockUnix } from './patches/unix.cjs';
import { blockWorkers } from './patches/workers.cjs';
import { Listeners } from './policy/listeners.cjs';
import { systemTempDirs } from './policy/policy.cjs';
import { openStandardStreams } from './streams/standard-streams.cjs';
import { printSummaryAtExit } from './summary.cjs';
import type { Attempt, CanaryResult, GuardOptions, Policy, TestContext } from './types.cjs';

// On `process` rather than on the global object, which each vm context has of its own.
const KEY = Symbol.for('@drydock/network-guard/1');

/** How the guard comes into a thread. */
export interface Installation {
  /** What the parent process or thread handed down. */
  inherited?: Inheritance & { file?: string };
}

/** Puts the guard into this thread, once; a further call only changes the options that it names. */
export function installGuard(options: GuardOptions = {}, how: Installation = {}): void {
  const existing = installed();
  if (existing) {
    existing.configure(options);
    // The thread of loader hooks serves one test after the other.
    if (how.inherited) actFor(existing, how.inherited);
    return;
  }
  systemTempDirs(how.inherited?.systemTemp);
  const core = new Core(how.inherited?.lineage ?? [], how.inherited?.began, how.inherited?.upward);
  core.configure({ ...how.inherited?.options, ...options });
  actFor(core, how.inherited);
  applyPatches(core);
  Object.defineProperty(process, KEY, {
    value: core,
    configurable: false,
    enumerable: false,
    writable: false,
  });
  openStandardStreams();
  printSummaryAtExit(core);
}

function actFor(core: Core, inherited: Installation['inherited']): void {
  core.context.setFile(inherited?.file, undefined);
  core.context.inherit(inherited?.test);
}

// Bindings come last, because the other patches still need them.
function applyPatches(core: Core): void {
  blockTcp(core);
  blockUdp(core);
  blockUnix(core);
  blockDns(core);
  blockChildren(core);
  blockWorkers(core);
  blockInspector(core);
  observeConnecting(core);
  observeListening(core);
  observeDatagrams(core);
  observeOrigins(core);
  blockBindings(core);
  syncBuiltinESMExports();
  core.probes = canaryProbes();
}

/** Whether the guard is in this thread; says nothing about its state, which `canary` tests. */
export function isInstalled(): boolean {
  return installed() !== undefined;
}

/** Replaces the policy of the whole thread. */
export function setPolicy(policy: Policy): void {
  required().configure({ allow: [], programs: [], loopbackServers: false, scope: 'none', ...policy });
}

/** Names the file that is blamed where no test is known, and its policy; undefined takes both back. */
export function setCurrentFile(file: string | undefined, policy?: Policy): void {
  required().context.setFile(file, policy);
}

/** Runs a function, and all asynchronous work that it starts, for a test. */
export function runInTest<T>(test: TestContext, run: () => T): T {
  return required().context.runInTest(test, run);
}

/** Runs a function, and all asynchronous work that it starts, under a policy that changes the one in force. */
export function withPolicy<T>(policy: Policy, run: () => T): T {
  return required().context.runWithPolicy(policy, run);
}

/** All attempts so far that nobody took, those of child processes and worker threads included. */
export function attempts(): readonly Attempt[] {
  const core = required();
  core.drain();
  return [...core.attempts];
}

/** Takes attempts out: all of them, those of one test, or (`null`) those that no test is to blame for. */
export function takeAttempts(testId?: string | null): Attempt[] {
  const core = required();
  core.drain();
  const taken = core.attempts.filter(({ test }) => testId === undefined || (test ?? null) === testId);
  core.attempts = core.attempts.filter((attempt) => !taken.includes(attempt));
  return taken;
}

/** Calls back at each attempt, at once for those of this thread; returns the function that ends it. */
export function onAttempt(callback: (attempt: Attempt) => void): () => void {
  return required().watch(callback);
}

/**
 * How many datagrams this run has sent to places on loopback where one of its own sockets was and has gone. The kernel
 * counts them like those of a program that tries to get out.
 */
export function unansweredDatagrams(): number {
  return required().listeners.unanswered;
}

/**
 * Tells the run of a port on loopback that leads to a server of its own which no process of it opened, such as one in a
 * container that a test started. A process outside the run names the report file of those inside.
 */
export function addServer(port: number, reportFile?: string): void {
  const listening = { kind: 'tcp', port, address: '::' } as const;
  if (reportFile === undefined) required().listeners.add(listening);
  else {
    const report = new ReportFile([]);
    report.use(reportFile);
    new Listeners(report).add(listening);
  }
}

/** Makes calls on several layers, all of which the guard must refuse, and checks that every patch is in place. */
export function canary(): CanaryResult {
  const core = installed();
  if (!core) return { active: false, missing: ['the guard is not installed'] };
  return dialCanary(core);
}

/** The text for an attempt, with the words of the `describe` option where the guard is installed. */
export function describeAttempt(attempt: Attempt): string {
  return installed()?.format(attempt) ?? formatAttempt(attempt);
}

function installed(): Core | undefined {
  return Reflect.get(process, KEY);
}

function required(): Core {
  const core = installed();
  if (core) return core;
  throw new Error(
    'network-guard is not installed in this thread: call installGuard(), or start Node with --require @drydock/network-guard/register',
  );
}
