import { type Clock, systemClock } from '@drydock/resilience';
import { VirtualClock } from '@drydock/resilience/testing';
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, vi } from 'vitest';
import { createClient } from '../client/create-client.js';
import { type GenerateRequest, LlmError, type Provider } from '../contract/index.js';
import { streamStructured } from '../structured/index.js';
import { faultsOf, scriptedFetch, type WireAnswer, type WirePlayer, type WireScript } from '../wire/index.js';
import { CANARIES, expectSilent } from './canaries.js';
import type { ProviderSubject, SampleAnswer } from './subject.js';

/** Plays a script to the provider under test, in this process or by sockets. */
export type Play = (script: WireScript) => Promise<WirePlayer>;

/** A provider before a server that plays a script. */
export interface Stage {
  readonly provider: Provider;
  readonly player: WirePlayer;
  readonly clock: Clock;
}

/** The moment that dates of the service are compared with. */
export const NOW = Date.UTC(2026, 10, 23, 12);

/** A deadline that passes while a test waits; long enough for a request to be on its way. */
export const SHORT_MS = 600;

/** What most cases ask. */
export const REQUEST: GenerateRequest = {
  system: `Answer ${CANARIES.system}.`,
  messages: [{ role: 'user', content: `What is ${CANARIES.prompt}?` }],
};

/** What most cases are answered. */
export const ANSWER: SampleAnswer = {
  texts: [`It is ${CANARIES.answer}`, ', à 100 % ✓.'],
  finishReason: 'stop',
  usage: { input: 12, output: 5 },
};

/** The text of `ANSWER`. */
export const TEXT = `It is ${CANARIES.answer}, à 100 % ✓.`;

/** All that comes of something that comes in pieces. */
export async function collect<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** What the cases of one run share. */
export class Suite {
  readonly subject: ProviderSubject;
  readonly #play: Play | undefined;
  readonly #players: WirePlayer[] = [];
  readonly #logged: unknown[] = [];
  readonly #unhandled: unknown[] = [];

  constructor(subject: ProviderSubject, play: Play | undefined) {
    this.subject = subject;
    this.#play = play;
    const unhandled = (error: unknown) => this.#unhandled.push(error);
    beforeAll(() => this.#load());
    beforeEach(() => {
      process.on('unhandledRejection', unhandled);
      for (const name of CONSOLE)
        vi.spyOn(console, name).mockImplementation((...said) => void this.#logged.push(...said));
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      await this.#close();
      await new Promise((resolve) => setImmediate(resolve));
      process.off('unhandledRejection', unhandled);
      expectSilent(this.#logged.splice(0));
      expect(this.#unhandled.splice(0), 'unhandled rejections').toEqual([]);
    });
  }

  get wire() {
    return this.subject.wire;
  }

  /** Whether time is virtual, so that a case can expect exact times. */
  get virtual(): boolean {
    return this.#play === undefined;
  }

  /** A provider before a server that gives these answers in turn; what it sent is compared with the document. */
  async stage(...answers: WireAnswer[]): Promise<Stage> {
    return this.#stage(answers);
  }

  /** As `stage`, with an answer for each request as it comes. */
  async stageFor(answerTo: Exclude<WireScript, readonly WireAnswer[]>): Promise<Stage> {
    return this.#stage(answerTo);
  }

  /** As `stage`, with a fetch around the player's. */
  async stageWith(
    around: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch,
    ...answers: WireAnswer[]
  ): Promise<Stage> {
    return this.#stage(answers, around);
  }

  async #stage(script: WireScript, around = (fetch: typeof globalThis.fetch) => fetch): Promise<Stage> {
    const clock = this.virtual ? new VirtualClock() : systemClock;
    const player = this.#play ? await this.#play(script) : scriptedFetch(script, { clock });
    this.#players.push(player);
    const provider = this.subject.create({
      apiKey: CANARIES.key,
      origin: player.origin,
      fetch: around(player.fetch),
      clock,
      wallClock: () => NOW,
    });
    return { provider, player, clock };
  }

  /** The error that a call must end with: of the family, and silent. */
  async rejection(stage: Stage, call: Promise<unknown>): Promise<LlmError> {
    const error = await this.settle(stage, call).then(
      () => expect.fail('the call did not fail'),
      (reason: unknown) => reason,
    );
    expect(LlmError.isInstance(error), `not an LlmError: ${(error as Error)?.name}`).toBe(true);
    expectSilent(error, stage.provider);
    expect(stage.provider.name).toBe((error as LlmError).provider);
    return error as LlmError;
  }

  /** Waits for a call; virtual time moves on as long as it takes. */
  settle<T>({ clock }: Stage, call: Promise<T>): Promise<T> {
    return clock instanceof VirtualClock ? clock.run(call) : call;
  }

  /** Aborts after so many milliseconds. */
  abortAfter({ clock }: Stage, ms: number): AbortController {
    const caller = new AbortController();
    onTestFinished(clock.schedule(() => caller.abort(new Error(CANARIES.prompt)), ms));
    return caller;
  }

  /** Fails unless this many requests were made and each of them ended; real sockets take a moment for that. */
  async expectRequests({ player, clock }: Stage, count: number): Promise<void> {
    expect(player.exchanges).toHaveLength(count);
    await vi.waitFor(() => expect(player.exchanges.map(({ end }) => end)).not.toContain(undefined), 5_000);
    if (clock instanceof VirtualClock) expect(clock.pending, 'timers that were left behind').toBe(0);
  }

  /** Loading an SDK takes real time, which is to count against no deadline. */
  async #load(): Promise<void> {
    const whole = this.wire.answer({ ...ANSWER, texts: ['{}'] });
    const streamed = this.wire.stream({ ...ANSWER, texts: ['{}'] });
    const { provider, clock } = await this.stage(whole, streamed);
    const request = { ...REQUEST, schema: { jsonSchema: { type: 'object', properties: {} } } };
    await createClient({ providers: [provider], clock }).generateStructured(request);
    await collect(streamStructured(provider, request));
    await this.#close();
  }

  async #close(): Promise<void> {
    for (const player of this.#players.splice(0)) {
      await player.close();
      for (const { request } of player.exchanges) {
        expect(await faultsOf(request, this.wire.requests)).toEqual([]);
        expect(request.path).not.toContain(CANARIES.key);
      }
    }
  }
}
