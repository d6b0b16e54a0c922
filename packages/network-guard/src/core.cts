import os from 'node:os';
import { threadId } from 'node:worker_threads';
import { BlockedError } from './attempt/blocked-error.cjs';
import { Context } from './attempt/context.cjs';
import { captureStack, userFrame } from './attempt/frame.cjs';
import { endpoint, formatAttempt } from './attempt/message.cjs';
import { ReportFile } from './attempt/report-file.cjs';
import { Patches } from './patches/patches.cjs';
import { canonicalAddress, isLoopback, isWildcard } from './policy/address.cjs';
import { Listeners, type Presence } from './policy/listeners.cjs';
import type { Attempt, GuardOptions } from './types.cjs';

const { now } = Date;
// Kept, because a test that replaced it could keep an attempt from being recorded.
const { stringify } = JSON;
const ORIGINS_KEPT = 256;
const REPEATS_KEPT = 100;

/** libuv's code for "permission denied", which Node turns into an EACCES error. */
export const UV_EACCES = process.platform === 'win32' ? -4092 : -os.constants.errno.EACCES;

/** One call that the canary makes and the guard must refuse. */
export interface Probe {
  label: string;
  dial(): void;
}

/** What a patch knows about an attempt when it refuses it. */
export interface Refusal {
  protocol: Attempt['protocol'];
  host: string;
  port?: number | undefined;
  address?: string | undefined;
  api: string;
  reason?: string | undefined;
  /** The stack of the user's call, where Node acts on it later. */
  origin?: Error | undefined;
}

/** Decides about each attempt, records it and reports it; every patch calls it. */
export class Core {
  readonly context = new Context();
  readonly report: ReportFile;
  readonly listeners: Listeners;
  readonly patches = new Patches((label) => {
    this.refuse({ protocol: 'tamper', host: label, api: 'assignment' });
  });
  /** The attempts of this thread and of its descendants, oldest first. */
  attempts: Attempt[] = [];
  options: GuardOptions = {};
  /** The calls that the canary makes. */
  probes: readonly Probe[] = [];
  /** The refusals of the canary's probes; defined only while it runs. */
  probed: string[] | undefined;
  readonly #repeated = new Map<string, number>();
  readonly #origins = new Map<string, Error>();
  readonly #watchers = new Set<(attempt: Attempt) => void>();

  constructor(
    readonly lineage: readonly string[],
    /** When the first process of the run got its guard. */
    readonly began: number = now(),
    upward?: number,
  ) {
    this.report = new ReportFile(lineage, upward);
    this.listeners = new Listeners(this.report);
  }

  /** Takes over new options; those that are absent stay as they were. */
  configure(options: GuardOptions): void {
    this.options = { ...this.options, ...options };
    this.context.setBase(this.options);
    if (this.options.reportFile) this.report.use(this.options.reportFile);
  }

  /** Whether the policy in force lets a packet or connection go to an address. */
  reaches(address: string, port: number, kind: 'tcp' | 'udp'): boolean {
    return this.reachOf(address, port, kind) !== undefined;
  }

  /** Why it does: a rule allows the address, a server of the run is there, or one was and has gone; undefined if it does not. */
  reachOf(address: string, port: number, kind: 'tcp' | 'udp'): 'allowed' | Presence | undefined {
    const { policy } = this.context;
    if (policy.allowsAddress(address, port)) return 'allowed';
    if (!policy.loopbackServers) return undefined;
    const canonical = canonicalAddress(address);
    return isLoopback(canonical) || isWildcard(canonical)
      ? this.listeners.at(kind, port, canonical)
      : undefined;
  }

  /** Records an attempt and makes the error for it. */
  refuse(refusal: Refusal): BlockedError {
    if (this.probed) return this.#refuseProbe(this.probed, refusal);
    const attempt = this.#describe(refusal);
    const error = new BlockedError(formatAttempt(attempt, this.#remedy(attempt)), attempt);
    this.#record(attempt);
    return error;
  }

  // Every worker runs a canary, so it has to be cheap: its frame interests nobody, and the stack is not parsed.
  #refuseProbe(probed: string[], { origin, ...refusal }: Refusal): BlockedError {
    const attempt = { ...refusal, scope: 'none', time: now(), pid: process.pid, thread: threadId } as const;
    probed.push(`${attempt.protocol} ${endpoint(attempt)}`);
    return new BlockedError('refused the canary', attempt);
  }

  watch(watcher: (attempt: Attempt) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Keeps the stack of a request for an endpoint, for connections that are opened later. */
  rememberOrigin(host: string, port: number, origin: Error): void {
    if (this.#origins.size >= ORIGINS_KEPT) this.#origins.clear();
    this.#origins.set(`${host}:${port}`, origin);
  }

  /** Fetches what descendants have written meanwhile. */
  drain(): void {
    for (const attempt of this.report.drain()) this.#announce(attempt);
  }

  format(attempt: Attempt): string {
    return formatAttempt(attempt, this.#remedy(attempt));
  }

  #describe({ origin, ...refusal }: Refusal): Attempt {
    const { test, file, policy } = this.context;
    const ignored = this.options.ignoreFrames ?? [];
    const holders = [
      origin,
      captureStack(),
      this.context.origin,
      this.#origins.get(`${refusal.host}:${refusal.port}`),
    ];
    const frame = holders.reduce<string | undefined>(
      (found, holder) => found ?? (holder && userFrame(holder, ignored)),
      undefined,
    );
    return {
      test: test?.id,
      testName: test?.name,
      file,
      ...refusal,
      frame,
      scope: policy.scope,
      time: now(),
      pid: process.pid,
      thread: threadId,
    };
  }

  // A broken hook must not turn a refusal into something else.
  #remedy(attempt: Attempt) {
    try {
      return this.options.describe?.(attempt) ?? {};
    } catch {
      return {};
    }
  }

  // A client that reconnects without end makes the same attempt thousands of times.
  #record(attempt: Attempt): void {
    const { protocol, host, port, frame, test } = attempt;
    const key = stringify([protocol, host, port, frame, test]);
    const count = (this.#repeated.get(key) ?? 0) + 1;
    this.#repeated.set(key, count);
    if (count > REPEATS_KEPT) return;
    this.report.append(attempt);
    this.#announce(attempt);
  }

  #announce(attempt: Attempt): void {
    this.attempts.push(attempt);
    for (const watcher of this.#watchers) watcher(attempt);
  }
}
