import { AsyncLocalStorage } from 'node:async_hooks';
import { threadId } from 'node:worker_threads';
import {
  addServer,
  canary,
  describeAttempt,
  installGuard,
  type Policy,
  runInTest,
  setCurrentFile,
  takeAttempts,
  withPolicy,
} from '@drydock/network-guard';
import { LOOPBACK } from '@drydock/workspace';
import { vi } from 'vitest';
import { endpointsIn, isSocketRule, rulesOf } from '../endpoints/address.js';
import { type DockerEngine, dockerEngine, watchContainers } from '../endpoints/docker-servers.js';
// Past the folder's index, which would load dotenv into every worker.
import { allowStubs } from '../environment/allow-stubs.js';
import { fingerprint } from '../environment/fingerprint.js';
import { type EnvironmentGuard, guardEnvironment } from '../environment/guard-environment.js';
import type { DroppedVariable } from '../environment/guard-state.js';
import { type NotedRead, NotedReads } from '../environment/noted-reads.js';
import { compileScrubRule } from '../environment/scrub.js';
import { scopeOf } from '../gate/grants.js';
import type { EndpointVariable, GatePolicy, GuardProof, GuardSettings, NetworkMeta } from '../gate/policy.js';
import { isLockedIn } from '../guard/endpoint-lock.js';
import { LOCAL_PROGRAMS, LOCAL_PROGRAMS_ENV } from '../guard/local-programs.js';
import { isOwnNamespace } from '../guard/network-namespace.js';
import { noteEndpoint } from '../guard/observed-endpoints.js';
import { describeRefusal } from './blocked-message.js';
import type { Fault } from './faults.js';
import { KernelCounters } from './kernel-counters.js';
import { observeConnections } from './observe-connections.js';
import { watchMsw } from './watch-msw.js';
import { watchNock } from './watch-nock.js';

/** The guard of one worker: which endpoints its tests may reach, and which test made an attempt. */
export class WorkerGuard {
  readonly #policy: GatePolicy;
  readonly #endpoints: readonly string[];
  readonly #started: readonly string[];
  /** Servers whose address a variable holds, and the tests that they are for. */
  readonly #configured: readonly (Pick<EndpointVariable, 'scope' | 'marker'> & {
    readonly endpoint: string;
  })[];
  readonly #programs: readonly string[];
  readonly #docker: DockerEngine | undefined;
  /** Tags of what runs now outside any test. */
  #fileTags: readonly string[] = [];
  readonly #current = new AsyncLocalStorage<{ id: string; tags: readonly string[] }>();
  readonly #dropped: Fault[] = [];
  readonly #reads: NotedReads | undefined;
  readonly #environment: EnvironmentGuard | undefined;
  #kernel: KernelCounters | undefined;

  constructor(policy: GatePolicy, endpoints: readonly string[], started: readonly string[]) {
    this.#policy = policy;
    this.#endpoints = endpoints;
    this.#started = started;
    // Read before any test can set one.
    this.#configured = (policy.guard?.endpoints ?? []).flatMap(({ variable, ...rest }) =>
      endpointsIn(process.env[variable] ?? '', rulesOf(rest, process.env)).map((endpoint) => ({
        endpoint,
        ...rest,
      })),
    );
    this.#programs = [...LOCAL_PROGRAMS, ...(policy.guard?.programs ?? [])];
    // Tests that start their own containers find them through Docker, which says which ports lead into them.
    this.#docker = scopeOf(policy.grants.granted, policy.registry).includes('lan')
      ? dockerEngine(process.env)
      : undefined;
    if (policy.guard) this.#install(policy.guard);
    if (policy.guard && this.#docker) watchContainers(this.#docker, addServer);
    if (policy.guard?.mockLibraries) {
      watchNock((request) => this.#noteRefusal('nock', request));
      watchMsw((request) => this.#noteRefusal('msw', request));
    }
    if (policy.guard && countsWhatKernelRefuses(policy.guard)) this.#kernel = new KernelCounters();
    if (policy.scrub) {
      this.#reads = policy.scrub.notesReads ? new NotedReads(compileScrubRule(policy.scrub)) : undefined;
      const outside = new Set(policy.scrub.outside);
      this.#environment = guardEnvironment({
        ...policy.scrub,
        isOutside: (value) => outside.has(fingerprint(value)),
        currentTest: () => this.#current.getStore()?.id,
        onDropped: (variable) => this.#drop(variable),
        reads: this.#reads,
      });
      allowStubs(vi, this.#environment);
    }
  }

  /** Blames a file for what happens outside its tests: at import, in hooks, in timers that no test started. */
  enterFile(path: string, tags: readonly string[]): void {
    this.#fileTags = tags;
    this.#kernel?.enter(path);
    if (this.#policy.guard) setCurrentFile(path, this.#reach(tags));
  }

  /** Runs a test with everything around it, hooks, fixtures and their teardown, for that test. */
  runTest<T>(
    test: { id: string; name: string; file: string; tags: readonly string[]; network: NetworkMeta },
    run: () => T,
  ): T {
    // An allowed endpoint that does not answer would count, too.
    if (!(test.network.allow ?? []).every(isSocketRule)) this.#kernel = undefined;
    const attributed = () => this.#current.run(test, run);
    return this.#policy.guard
      ? runInTest({ ...test, policy: this.#reach(test.tags, test.network) }, attributed)
      : attributed();
  }

  /** Runs a suite's hooks under what the suite's tags allow. */
  runSuite<T>(tags: readonly string[], network: NetworkMeta, run: () => T): T {
    return this.#policy.guard ? withPolicy(this.#reach(tags, network), run) : run();
  }

  /** Takes what programs and native code tried while a file ran: in a namespace, the kernel refused it and counted. */
  takeKernelFaults(path: string): Fault[] {
    const count = this.#kernel?.take(path) ?? 0;
    if (count === 0) return [];
    const message = [
      `Network guard: a program or native code tried to reach the network (scope none)`,
      `  tried    ${count === 1 ? 'once' : `${count} times`} while this file ran; the empty network namespace let nothing out`,
      `  file     ${path}; where other workers ran, it may have been one of their files`,
      "  allow    drydock({ guard: { programs: ['NAME'] } }) for a program that tries by itself, such as a browser",
      '  mock     hand the code a fake runner, or an address that the test itself serves',
    ].join('\n');
    return [{ test: undefined, code: 'ERR_DRYDOCK_BLOCKED', message }];
  }

  /** Takes the faults of one test, of no test (`null`), or all that are left. */
  takeFaults(test?: string | null): Fault[] {
    this.#environment?.sweep();
    if (typeof test === 'string') this.#environment?.restoreAfter(test);
    const blocked = this.#policy.guard ? takeAttempts(test) : [];
    const mine = this.#dropped.filter((fault) => test === undefined || (fault.test ?? null) === test);
    for (const fault of mine) this.#dropped.splice(this.#dropped.indexOf(fault), 1);
    return [
      ...blocked.map(
        (attempt): Fault => ({
          test: attempt.test,
          code: 'ERR_DRYDOCK_BLOCKED',
          message: describeAttempt(attempt),
        }),
      ),
      ...mine,
    ];
  }

  /** Variables that the project's own files have read so far. */
  get reads(): NotedRead[] {
    return this.#reads?.all ?? [];
  }

  /** Checks that the guard blocks a real attempt. */
  prove(): GuardProof | undefined {
    if (!this.#policy.guard) return undefined;
    return { worker: `${process.pid}:${threadId}`, ...canary() };
  }

  #install({ reportFile, learnFile }: GuardSettings): void {
    installGuard({
      ...this.#reach([]),
      reportFile,
      summary: false,
      debugger: false,
      describe: (attempt) => describeRefusal(attempt, this.#policy, this.#tags()),
      ignoreFrames: ['/test-gating/dist/', '/vitest/dist/'],
    });
    if (learnFile) observeConnections((endpoint) => this.#learn(endpoint, learnFile));
  }

  /** Tags of the test that runs now, or of its file. */
  #tags(): readonly string[] {
    return this.#current.getStore()?.tags ?? this.#fileTags;
  }

  #learn(endpoint: string, file: string): void {
    const tags = this.#tags();
    const reaching = this.#policy.registry.markers.filter(
      ({ name, scope }) => tags.includes(name) && scope !== undefined,
    );
    if (this.#started.includes(endpoint)) return;
    for (const { name } of reaching) noteEndpoint(file, { marker: name, endpoint });
  }

  #reach(tags: readonly string[], network: NetworkMeta = {}): Policy {
    const { allow, providers, loopbackServers, isolated, lock } = this.#policy.guard as GuardSettings;
    const scope = scopeOf(tags, this.#policy.registry);
    const admitted = (endpoint: string) =>
      this.#started.includes(endpoint) || isLockedIn(lock, tags, endpoint);
    const docker = (this.#docker?.rules ?? []).filter((rule) => isSocketRule(rule) || admitted(rule));
    const lan = scope.includes('lan') ? [...this.#endpoints.filter(admitted), ...docker] : [];
    const configured = this.#configured
      .filter(({ marker, scope: own }) =>
        marker === undefined ? scope.includes(own) : tags.includes(marker),
      )
      .map(({ endpoint }) => endpoint)
      .filter(admitted);
    const open = scope.includes('public') ? providers.filter((host) => admitted(`${host}:443`)) : [];
    return {
      scope: scope.includes('public') ? 'public' : scope === 'none' ? 'none' : 'lan',
      allow: [...allow, ...lan, ...configured, ...open, ...(network.allow ?? [])],
      loopbackServers: loopbackServers || network.loopbackServers || tags.includes(LOOPBACK.name),
      programs: this.#programs,
      programsEnv: scope === 'none' ? LOCAL_PROGRAMS_ENV : {},
      // A test that may reach servers may start programs, since the guard cannot see what those reach.
      osWall: isolated || scope !== 'none',
    };
  }

  #noteRefusal(library: string, request: string): void {
    const message = [
      `${library} refused ${request}: no handler matches it.`,
      `  mock     answer the request with ${library}, or do not make it`,
      '  allow    drydock({ guard: { mockLibraries: false } })',
    ].join('\n');
    this.#dropped.push({ test: this.#current.getStore()?.id, code: 'ERR_DRYDOCK_BLOCKED', message });
  }

  #drop({ name, frame }: DroppedVariable): void {
    const message = [
      `The variable ${name} was set during an offline run and kept from the tests.`,
      `  set at   ${frame ?? 'an unknown place'}`,
      `  instead  vi.stubEnv('${name}', …) for a value of the test's own, or mark the test so that it runs with the real one`,
      `  allow    drydock({ env: { allow: ['${name}'] } })`,
    ].join('\n');
    this.#dropped.push({ test: this.#current.getStore()?.id, code: 'ERR_DRYDOCK_ENVIRONMENT', message });
  }
}

// An allowed endpoint that does not answer would count, and so would a program that the project trusts.
function countsWhatKernelRefuses({ isolated, alone, allow, programs }: GuardSettings): boolean {
  return isolated && alone && allow.every(isSocketRule) && programs.length === 0 && isOwnNamespace();
}
