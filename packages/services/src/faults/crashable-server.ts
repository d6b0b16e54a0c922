import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ServiceCommand, ServiceContext, ServiceDefinition } from '@drydock/storage/service';
import { launch } from '../launch/launch.js';
import { defaultTempDir } from '../launch/open-folder.js';
import { defaultCacheDir } from '../packages/cache-dir.js';
import type { Server, ServerProgram } from '../server.js';
import { ServiceError } from '../service-error.js';
import { Unavailable } from '../unavailable.js';
import { signalTree, untilGone } from './processes.js';

const FETCH_TIMEOUT_MS = 300_000;

/** How a server that will be made to fail differs from one that is to serve. */
export interface CrashableServerOptions {
  /** Its password; default: a random one. */
  readonly password?: string;
  /** Changes the command that starts it; may write files into the data folder. */
  adjust?(command: ServiceCommand, context: ServiceContext): ServiceCommand | Promise<ServiceCommand>;
  /** The variables that point at it, where the definition's own do not fit what `adjust` did. */
  variables?(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Whether it has to let us in before it counts as started, or only to listen; default `serving`. */
  readonly ready?: 'serving' | 'listening';
}

/** A server of a test's own, whose processes can be killed, frozen and started again over the same data. */
export class CrashableServer {
  readonly #server: Server;
  readonly #program: ServerProgram;
  readonly #tempDir: string;
  readonly #stopSignal: NodeJS.Signals;

  private constructor(server: Server, program: ServerProgram, tempDir: string, stopSignal: NodeJS.Signals) {
    this.#server = server;
    this.#program = program;
    this.#tempDir = tempDir;
    this.#stopSignal = stopSignal;
  }

  /** Starts one from a program on this machine or a package. @throws {ServiceError} `unavailable` where there is neither. */
  static async start(
    definition: ServiceDefinition,
    options: CrashableServerOptions = {},
  ): Promise<CrashableServer> {
    const tempDir = await mkdtemp(join(await defaultTempDir(), 'drydock-server-'));
    await chmod(tempDir, 0o755);
    let stopSignal: NodeJS.Signals = 'SIGTERM';
    const adjusted = adjust(definition, options, (command) => {
      stopSignal = command.stopSignal ?? stopSignal;
    });
    const reasons: string[] = [];
    for (const launcher of adjusted.launchers) {
      const fetch = { cacheDir: defaultCacheDir(), timeoutMs: FETCH_TIMEOUT_MS };
      const server = await launch(adjusted, launcher, { tempDir, fetch }).catch((error: unknown) => {
        if (!(error instanceof Unavailable)) throw error;
        reasons.push([error.message, ...error.log].join('\n'));
        return undefined;
      });
      if (server?.program) return new CrashableServer(server, server.program, tempDir, stopSignal);
    }
    await rm(tempDir, { recursive: true, force: true });
    throw absence(definition, reasons);
  }

  /** Variables that point an adapter at it. */
  get variables(): Readonly<Record<string, string>> {
    return this.#server.variables;
  }

  /** Its address. */
  get address(): { readonly host: string; readonly port: number } {
    return { host: this.#server.host, port: this.#server.port };
  }

  /** Ends all its processes at once, as a crash does; settles when they are gone. */
  async kill(): Promise<void> {
    const exited = this.#program.exited();
    await untilGone(await this.#signal('SIGKILL'));
    await keepingAlive(exited);
  }

  /** Asks it to end in order; settles when it has. */
  async end(): Promise<void> {
    const exited = this.#program.exited();
    const pid = this.#program.pid();
    if (pid !== undefined) process.kill(pid, this.#stopSignal);
    await keepingAlive(exited);
  }

  /** Stops its processes where they stand: connections stay open, and nothing answers. */
  async freeze(): Promise<void> {
    await this.#signal('SIGSTOP');
  }

  /** Lets frozen processes go on. */
  async thaw(): Promise<void> {
    await this.#signal('SIGCONT');
  }

  /** Starts it again after `kill`, over the same data; settles when it answers. */
  start(): Promise<void> {
    return this.#program.start();
  }

  /** Ends it for good and removes its data. */
  async stop(): Promise<void> {
    await this.thaw();
    await this.#server.stop();
    await rm(this.#tempDir, { recursive: true, force: true });
  }

  async #signal(signal: NodeJS.Signals): Promise<readonly number[]> {
    const pid = this.#program.pid();
    return pid === undefined ? [] : signalTree(pid, signal);
  }
}

/** Waits for news from the supervising process, which by itself keeps nothing alive. */
async function keepingAlive(news: Promise<void>): Promise<void> {
  const timer = setInterval(() => {}, 60_000);
  await news.finally(() => clearInterval(timer));
}

function adjust(
  definition: ServiceDefinition,
  options: CrashableServerOptions,
  onCommand: (command: ServiceCommand) => void,
): ServiceDefinition {
  const { password } = options;
  const variables = (address: Parameters<ServiceDefinition['variables']>[0]) => {
    const own = definition.variables({ ...address, ...(password !== undefined && { password }) });
    return options.variables?.(own) ?? own;
  };
  const launchers = definition.launchers.map((launcher) => ({
    ...launcher,
    async prepare(given: ServiceContext) {
      const context = { ...given, ...(password !== undefined && { password }) };
      const command = await launcher.prepare(context);
      if (command) onCommand(command);
      return command && (options.adjust?.(command, context) ?? command);
    },
  }));
  const probe = options.ready === 'listening' ? probePort(definition) : definition.probe;
  return { ...definition, launchers, variables, probe };
}

/** Connects and hangs up. */
function probePort({ endpoint, container }: ServiceDefinition): ServiceDefinition['probe'] {
  return async (variables, timeoutMs) => {
    const { hostname, port } = new URL(variables[endpoint] ?? '');
    const socket = connect(Number(port) || container.port, hostname);
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
      return { version: 'not asked' };
    } finally {
      socket.destroy();
    }
  };
}

function absence({ backend, remedy }: ServiceDefinition, reasons: readonly string[]): ServiceError {
  const reason = [...new Set(reasons)].join(', ') || 'nothing here can start one';
  const message = `a ${backend} to be made to fail is unavailable: ${reason}`;
  return new ServiceError({ kind: 'unavailable', backend, message, reason, remedy });
}
