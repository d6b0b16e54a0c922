import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceDefinition, ServiceLauncher } from '@drydock/storage/service';
import { codeOf } from '../code-of.js';
import type { FetchOptions } from '../packages/package-cache.js';
import { newFolderName, sweepFolders } from '../reaper/folders.js';
import { describeEnding, ProgramError, Reaper } from '../reaper/reaper.js';
import { lastLines, redact } from '../redact.js';
import type { Server } from '../server.js';
import { Unavailable } from '../unavailable.js';
import { createContext, type LaunchContext } from './context.js';
import { freePort } from './free-port.js';
import { untilReady } from './until-ready.js';

/** Starts are repeated only when another process took the port between our look and the server's. */
const PORT_TRIES = 4;
const PORT_TAKEN = /address already in use|EADDRINUSE|WSAEADDRINUSE/i;
const LOG_LINES = 8;

/** Options of `launch`. */
export interface LaunchOptions {
  readonly tempDir: string;
  readonly fetch: FetchOptions;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: (text: string) => void;
  /** Finds a port; replaced in tests. */
  readonly findPort?: () => Promise<number>;
}

/**
 * Starts a server from a program on this machine, on a loopback port and in a folder of its own.
 *
 * @throws {Unavailable} When the program is not here, or does not come up.
 */
export async function launch(
  definition: ServiceDefinition,
  launcher: ServiceLauncher,
  options: LaunchOptions,
): Promise<Server> {
  await sweepFolders(options.tempDir, definition.backend);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce(definition, launcher, options);
    } catch (error) {
      const lostPort = error instanceof Unavailable && error.log.some((line) => PORT_TAKEN.test(line));
      if (!lostPort || attempt === PORT_TRIES) throw error;
    }
  }
}

async function launchOnce(
  definition: ServiceDefinition,
  launcher: ServiceLauncher,
  options: LaunchOptions,
): Promise<Server> {
  const port = await (options.findPort ?? freePort)().catch((error) => {
    throw new Unavailable(`this environment allows no listening socket (${codeOf(error) ?? 'no code'})`);
  });
  const password = randomBytes(18).toString('hex');
  const reaper = await Reaper.start(join(options.tempDir, newFolderName(definition.backend))).catch(
    (error) => {
      throw toUnavailable(error, password);
    },
  );
  const stopOnAbort = () => void reaper.stop();
  options.signal?.addEventListener('abort', stopOnAbort);
  try {
    options.signal?.throwIfAborted();
    const context = await createContext({ reaper, port, password, fetch: options.fetch });
    const { start, variables } = await prepareServer(definition, launcher, context, options);
    options.onStart?.(`starting the ${launcher.provenance}`);
    const version = await start();
    return {
      provenance: launcher.provenance,
      host: '127.0.0.1',
      port,
      version,
      variables,
      folder: reaper.folder,
      stop: () => reaper.stop(),
      release: () => reaper.release(),
      program: {
        pid: () => reaper.serverPid,
        exited: () => reaper.exited.then(() => undefined),
        start: async () => void (await start()),
      },
    };
  } catch (error) {
    await reaper.stop();
    options.signal?.throwIfAborted();
    throw toUnavailable(error, password);
  } finally {
    options.signal?.removeEventListener('abort', stopOnAbort);
  }
}

/** Looks the program up and returns the function that starts it, also again after it has ended. */
async function prepareServer(
  definition: ServiceDefinition,
  launcher: ServiceLauncher,
  context: LaunchContext,
  options: LaunchOptions,
) {
  const { reaper, port, password } = context;
  const command = await launcher.prepare(context.forLauncher);
  if (command === undefined) throw new Unavailable(context.whyMissing());
  const logFile = join(reaper.folder, 'server.log');
  const program = await context.toProgram(command);
  const variables = definition.variables({ host: '127.0.0.1', port, password });
  const start = async (): Promise<string> => {
    await reaper.startServer(program, logFile);
    try {
      const ready = (signal: AbortSignal) => untilReady(definition, variables, { signal });
      return await beforeItEnds(reaper, ready, options.signal);
    } catch (error) {
      const log = await readFile(logFile, 'utf8').catch(() => '');
      const message = error instanceof Error ? error.message : String(error);
      throw new Unavailable(message, lastLines(log, LOG_LINES));
    }
  };
  return { start, variables };
}

/** Runs `wait`, which is cut short when the server ends or the caller gives up. */
async function beforeItEnds<T>(
  reaper: Reaper,
  wait: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const ended = new AbortController();
  const exit = reaper.exited.then((ending) => {
    const error = new Unavailable(`the server ${describeEnding(ending)}`);
    ended.abort(error);
    throw error;
  });
  exit.catch(() => undefined);
  return Promise.race([exit, wait(AbortSignal.any(signal ? [ended.signal, signal] : [ended.signal]))]);
}

function toUnavailable(error: unknown, password: string): Unavailable {
  const hide = (text: string) => redact(text, [password]);
  const log =
    error instanceof ProgramError
      ? lastLines(error.output, LOG_LINES)
      : error instanceof Unavailable
        ? error.log
        : [];
  return new Unavailable(hide(error instanceof Error ? error.message : String(error)), log.map(hide));
}
