import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedactor, pickSecrets, type Redactor } from '@drydock/redaction';
import type { RunnerTask } from 'vitest';
import type { Reporter, Vitest } from 'vitest/node';
import type { Ledger } from '../ledger/schema.js';
import { coverPipes, coverWrites } from './cover-stream.js';
import { redactRecord } from './redact-record.js';
import { MOST, redactedMeta, redactNames, redactResult, withDescendants } from './redact-task.js';
import { type NamedSecret, type RedactionOptions, redactorOptions } from './redaction-options.js';
import { answerSnapshots } from './snapshot-secrets.js';

/** Longest wait for output that a worker left behind, in milliseconds. */
const FLUSH_MS = 1_000;

/** What the main process of a run knows: values that its workers must not read are here alone. */
export interface RunSecrets {
  readonly secrets: readonly NamedSecret[];
  readonly options: RedactionOptions;
  /** Names of backends and providers, which are no secrets. */
  readonly commonValues: readonly string[];
}

/** Redacts in Vitest's main process whatever workers send, before any reporter of Vitest sees it. */
export class RunRedactor {
  readonly #known: RunSecrets;
  #redactor: Redactor | undefined;

  constructor(known: RunSecrets) {
    this.#known = known;
  }

  /** Forgets the redactor, because servers were started and their passwords are in the environment. */
  refresh(): void {
    this.#redactor = undefined;
  }

  get current(): Redactor {
    this.#redactor ??= this.#create(MOST);
    return this.#redactor;
  }

  /** A redacted copy of what is written of a run. */
  ledger(ledger: Ledger): Ledger {
    return this.#create().value(ledger) as Ledger;
  }

  cover(vitest: Vitest): void {
    this.#coverOutput(vitest);
    this.#coverState(vitest);
    answerSnapshots(vitest.snapshot, (text) => this.current.knownIn(text));
    // In front of every other reporter: all are called in this order with the same objects.
    (vitest.config.reporters as unknown[]).unshift(this.#reporter(vitest));
  }

  #create(maxStringLength?: number): Redactor {
    const { secrets, options, commonValues } = this.#known;
    // Those of servers that the run started are in the environment by now.
    const present = Object.entries(pickSecrets(process.env, options.names));
    return createRedactor({
      ...redactorOptions(options, [...secrets, ...present]),
      commonValues,
      ...(maxStringLength !== undefined && { maxStringLength }),
    });
  }

  #coverOutput(vitest: Vitest): void {
    const { outputStream, errorStream } = vitest.logger;
    const streams = [outputStream, errorStream] as Writable[];
    const flushes = streams.map((stream) => coverPipes(stream, () => this.current.stream()));
    for (const stream of [...streams, process.stdout, process.stderr])
      coverWrites(stream, (text) => this.#output(text));
    vitest.onClose(async () => {
      await Promise.race([
        Promise.all(flushes.map((flush) => flush())),
        sleep(FLUSH_MS, undefined, { ref: false }),
      ]);
    });
  }

  /** A report on standard output stays valid JSON. */
  #output(text: string): string {
    const shown = this.current.text(text);
    if (shown === text || !/^\s*[[{]/.test(text)) return shown;
    const parsed = parsedJson(text);
    return parsed === undefined || parsedJson(shown) !== undefined
      ? shown
      : `${JSON.stringify(this.current.value(parsed))}\n`;
  }

  #coverState({ state }: Vitest): void {
    const { collectFiles, updateTasks, updateUserLog, catchError } = state;
    state.collectFiles = (project, files = []) => {
      for (const file of files) this.#task(file);
      collectFiles.call(state, project, files);
    };
    state.updateTasks = (packs) => {
      for (const pack of packs) {
        redactResult(pack[1], this.current);
        pack[2] = redactedMeta(pack[2], this.current);
      }
      updateTasks.call(state, packs);
    };
    state.updateUserLog = (log) => {
      log.content = this.current.text(log.content);
      updateUserLog.call(state, log);
    };
    state.catchError = (error, type) => catchError.call(state, this.current.value(error), type);
  }

  #task(file: RunnerTask): void {
    redactNames(file, this.current);
    for (const task of withDescendants(file)) {
      redactResult(task.result, this.current);
      task.meta = redactedMeta(task.meta, this.current);
    }
  }

  #reporter({ config }: Vitest): Reporter {
    const redact = (_test: unknown, record: object) =>
      redactRecord(record, this.current, config.attachmentsDir);
    return { onTestCaseAnnotate: redact, onTestCaseArtifactRecord: redact };
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
