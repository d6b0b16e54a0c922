import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { minimalEnvironment } from '../launch/minimal-environment.js';
import { killTree } from './child-program.js';
import type { Ending, Order, Program, Report } from './protocol.js';

/** Milliseconds for the reaper to end its programs and remove its folder: its grace for a program, and some. */
const STOP_TIMEOUT_MS = 15_000;

/** An order before it has an id. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The owner's side of a reaper process: what it runs ends with this process, however that ends. */
export class Reaper {
  /** Folder that lives as long as the reaper. */
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(report: Report): void; reject(error: Error): void }>();
  #lastId = 0;
  #serverPid: number | undefined;
  #exited: Promise<Ending>;
  #announceExit: (ending: Ending) => void = () => undefined;

  private constructor(folder: string, child: ChildProcess) {
    this.folder = folder;
    this.#child = child;
    this.#exited = this.#nextExit();
    child.on('message', (report: Report) => this.#receive(report));
    child.on('exit', (code, signal) => this.#childIsGone({ code, signal }));
  }

  /** Starts a reaper, which makes `folder`; rejects when the folder cannot be made. */
  static async start(folder: string): Promise<Reaper> {
    // By its exported name, so that it is the compiled file also when this module runs from its source.
    const main = createRequire(import.meta.url).resolve('@drydock/services/reaper');
    const child = fork(main, [folder], {
      detached: true,
      // Neither an inspector nor a preloaded module of the caller belongs in the reaper.
      execArgv: [],
      env: minimalEnvironment(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const reaper = new Reaper(folder, child);
    const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    const report = first as Report | number | null;
    if (typeof report === 'object' && report?.type === 'ready') {
      reaper.#letOwnerEnd();
      return reaper;
    }
    const why =
      typeof report === 'object' && report?.type === 'refused' ? report.message : 'it ended at once';
    throw new Error(`the supervising process could not take ${folder}: ${why}`);
  }

  /** Runs a program to its end and gives its output; rejects with its last lines when it fails or is late. */
  async run(program: Program, timeoutMs: number): Promise<string> {
    const report = await this.#order({ type: 'run', program, timeoutMs });
    if (report.type !== 'ran') return '';
    if (report.timedOut) throw new ProgramError(`did not end within ${timeoutMs} ms`, report.output);
    if (report.code !== 0) throw new ProgramError(describeEnding(report), report.output);
    return report.output;
  }

  /** Settles when the server that was started last has ended, with how. */
  get exited(): Promise<Ending> {
    return this.#exited;
  }

  /** Process id of the server that was started last. */
  get serverPid(): number | undefined {
    return this.#serverPid;
  }

  /** Starts a server whose output goes to `logFile`, once more after it has ended; rejects when it cannot be started at all. */
  async startServer(program: Program, logFile: string): Promise<void> {
    if (this.#serverPid !== undefined) this.#exited = this.#nextExit();
    const report = await this.#order({ type: 'start', program, logFile });
    if (report.type === 'started') this.#serverPid = report.pid;
  }

  /** Lets the server outlive this process; a stop file in the folder ends it. */
  async release(): Promise<void> {
    await this.#order({ type: 'release' });
    this.#child.disconnect();
  }

  /** Ends the programs and removes the folder; may be called twice. */
  async stop(): Promise<void> {
    if (this.#isGone()) return;
    this.#child.ref();
    const gone = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(timer);
    if (this.#child.exitCode !== 0) await this.#cleanUpInstead();
  }

  #nextExit(): Promise<Ending> {
    return new Promise((resolve) => {
      this.#announceExit = resolve;
    });
  }

  async #cleanUpInstead(): Promise<void> {
    if (this.#serverPid !== undefined) await killTree(this.#serverPid);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  async #order(order: WithoutId<Order>): Promise<Report> {
    if (!this.#child.connected) throw new Error('the supervising process is gone');
    const id = ++this.#lastId;
    this.#child.ref();
    this.#child.channel?.ref();
    try {
      return await new Promise<Report>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#child.send({ ...order, id } as Order);
      });
    } finally {
      this.#waiting.delete(id);
      this.#letOwnerEnd();
    }
  }

  #receive(report: Report): void {
    if (report.type === 'ready' || report.type === 'refused') return;
    if (report.type === 'exited') this.#announceExit({ code: report.code, signal: report.signal });
    else if (report.type === 'failed') this.#waiting.get(report.id)?.reject(new Error(report.message));
    else this.#waiting.get(report.id)?.resolve(report);
  }

  #childIsGone(ending: Ending): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the supervising process ended'));
    this.#announceExit(ending);
  }

  #isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Nothing here keeps the owner's event loop alive: an owner that forgets to stop still ends, and so does the server. */
  #letOwnerEnd(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}

/** A program that failed, with its last output. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

/** `exited with code 1`, `was ended by SIGKILL`. */
export function describeEnding({ code, signal }: Ending): string {
  return signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
}
