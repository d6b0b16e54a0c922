import { abandonOn, type Deadline } from '@drydock/resilience';
import { FaultError } from '../errors/fault-error.js';

/** The state of an adapter between its first `connect` and its last `disconnect`. */
export type LifecycleState = 'idle' | 'connecting' | 'connected' | 'disconnecting' | 'disconnected';

interface Opening {
  readonly settled: Promise<void>;
  readonly controller: AbortController;
  waiting: number;
}

const ADVICE: Record<Exclude<LifecycleState, 'connected'>, string> = {
  idle: 'the adapter is not connected; call connect() first',
  connecting: 'the adapter is still connecting; await connect() first',
  disconnecting: 'the adapter is being disconnected; call connect() again before using it',
  disconnected: 'the adapter was disconnected; call connect() again before using it',
};

const UNSENT = { retriable: false, outcome: 'not_sent' } as const;

/** Keeps the adapter's state: one opening at a time, no call unless `connected`, nothing in flight after `disconnect`. */
export class Lifecycle {
  #state: LifecycleState = 'idle';
  #opening: Opening | undefined;
  #closing: Promise<void> | undefined;
  /** Calls that are under way, by their deadlines. */
  readonly #inFlight = new Set<Deadline>();
  #drained: (() => void) | undefined;

  get state(): LifecycleState {
    return this.#state;
  }

  /** Calls that are under way. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Counts a call as in flight; throws when the adapter is not connected. */
  enter(call: Deadline): void {
    if (this.#state !== 'connected') {
      const detail = ADVICE[this.#state];
      throw new FaultError({ ...UNSENT, kind: 'connection', code: 'NOT_CONNECTED', detail });
    }
    this.#inFlight.add(call);
  }

  /** The call has settled. */
  leave(call: Deadline): void {
    this.#inFlight.delete(call);
    if (this.#inFlight.size === 0) this.#drained?.();
  }

  /** Opens, or joins the opening under way; the opening is aborted when its last caller gives up. */
  async connect(signal: AbortSignal, open: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#closing) await abandonOn(signal, this.#closing);
    if (this.#state === 'connected') return;
    this.#opening ??= this.#open(open);
    const opening = this.#opening;
    opening.waiting += 1;
    try {
      await abandonOn(signal, opening.settled);
    } finally {
      opening.waiting -= 1;
      if (opening.waiting === 0) opening.controller.abort(signal.reason);
    }
  }

  /** Refuses new calls, waits for those in flight until the signal fires, ends the rest, then closes. */
  disconnect(signal: AbortSignal, close: () => Promise<void>): Promise<void> {
    if (this.#state === 'idle' || this.#state === 'disconnected') return Promise.resolve();
    this.#closing ??= this.#close(signal, close).finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  #open(open: (signal: AbortSignal) => Promise<void>): Opening {
    this.#state = 'connecting';
    const controller = new AbortController();
    const finish = (state: LifecycleState) => {
      this.#opening = undefined;
      if (this.#state === 'connecting') this.#state = state;
    };
    const settled = open(controller.signal).then(
      () => finish('connected'),
      (error) => {
        finish('disconnected');
        throw error;
      },
    );
    settled.catch(() => {});
    return { settled, controller, waiting: 0 };
  }

  async #close(signal: AbortSignal, close: () => Promise<void>): Promise<void> {
    const opening = this.#opening;
    this.#state = 'disconnecting';
    if (opening) {
      opening.controller.abort(disconnected());
      await abandonOn(signal, opening.settled).catch(() => {});
    }
    await this.#drain(signal);
    for (const call of this.#inFlight) call.abort(disconnected());
    await close();
    this.#state = 'disconnected';
  }

  async #drain(signal: AbortSignal): Promise<void> {
    if (this.#inFlight.size === 0) return;
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    await abandonOn(signal, drained).catch(() => {});
    this.#drained = undefined;
  }
}

function disconnected(): FaultError {
  const detail = 'disconnect() ended the call';
  return new FaultError({ ...UNSENT, kind: 'aborted', code: 'DISCONNECTED', detail });
}
