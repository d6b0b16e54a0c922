import { AsyncResource } from 'node:async_hooks';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installGuard, runInTest, setCurrentFile } from '../index.cjs';
import type { Assignment, Outcome } from './plan.js';

const DEADLINE_MS = 8_000;
const END_EVENTS = [
  'error',
  'close',
  'exit',
  'listening',
  'connect',
  'secureConnect',
  'open',
  'upgrade',
  'response',
];
const NOTHING_ALLOWED = {
  scope: 'none',
  allow: [],
  programs: [],
  loopbackServers: false,
  osWall: false,
} as const;
const ofNoTest = new AsyncResource('driver');
const load = createRequire(import.meta.url);

/** Runs the scripts of an assignment one after the other, each as a test of its own. */
async function drive(assignment: Assignment): Promise<void> {
  process.on('uncaughtException', () => {});
  // A guard over the suite itself has its own policy and report, which must not mix with this run's.
  installGuard({
    ...NOTHING_ALLOWED,
    tempDirs: [assignment.temp],
    reportFile: assignment.report,
    summary: true,
  });
  for (const { name, script } of assignment.scripts) {
    const kit = makeKit(assignment);
    setCurrentFile(script);
    const outcome = await runInTest({ id: name, name, file: script }, () => attempt(script, kit));
    kit.dispose();
    process.stdout.write(`${JSON.stringify({ name, ...outcome } satisfies Outcome)}\n`);
  }
  await pause(50);
}

async function attempt(script: string, kit: Kit): Promise<Omit<Outcome, 'name'>> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('deadline'), DEADLINE_MS);
  });
  try {
    const result: unknown = await Promise.race([load(script)(kit), deadline]);
    return { result: typeof result === 'string' ? result : 'returned' };
  } catch (error) {
    return { result: 'thrown', code: codeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code;
}

type Kit = ReturnType<typeof makeKit>;

/** What a script may use besides Node. */
function makeKit({ host, port, hostName, temp, outside }: Assignment) {
  const kept: { close(): void }[] = [];
  return {
    host,
    port,
    name: hostName,
    temp,
    outside,
    load,
    later: () => undefined,
    /** Calls a function in the asynchronous context of the driver, which belongs to no test. */
    before: <T>(run: () => T) => ofNoTest.runInAsyncScope(run),
    pause,
    /** Waits for whatever ends an emitter's attempt. */
    end: (emitter: NodeJS.EventEmitter | EventTarget) => firstEvent(emitter),
    /** Turns a callback API into a promise. */
    call: (start: (callback: (error: unknown) => void) => void) =>
      new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve()))),
    /** Notes the status of a native call. */
    code: (status: unknown) => {
      if (status === 0)
        throw Object.assign(new Error('the native call went through'), { code: 'WENT_THROUGH' });
    },
    result: ({ error }: { error?: Error }) => {
      if (error) throw error;
    },
    quietly: (run: () => unknown) => {
      try {
        run();
      } catch {
        // Being refused is what the script is for.
      }
    },
    keep: <T extends { close(): void }>(resource: T): T => {
      kept.push(resource);
      return resource;
    },
    write: (file: string, text: string, mode = 0o644) => {
      const place = path.join(temp, file);
      fs.writeFileSync(place, text, { mode });
      return place;
    },
    dispose: () => {
      for (const resource of kept) resource.close();
    },
  };
}

function firstEvent(emitter: NodeJS.EventEmitter | EventTarget): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const event of END_EVENTS) {
      const settle = (value: unknown) => (event === 'error' ? reject(value) : resolve(event));
      if ('addEventListener' in emitter) emitter.addEventListener(event, settle);
      else emitter.on(event, settle);
    }
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

await drive(JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8')) as Assignment);
process.exit();
