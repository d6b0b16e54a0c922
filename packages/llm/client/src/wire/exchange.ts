import type { WireAnswer, WireRequest } from './answer.js';

/** How an exchange ended: as scripted, given up by the client, or given up by the player that closed. */
export type ExchangeEnd = 'played' | 'given up' | 'closed';

/** One request and what became of it. */
export class Exchange {
  /** Absent while the answer is under way. */
  end: ExchangeEnd | undefined;
  /** Settles with `end`. */
  readonly ended: Promise<ExchangeEnd>;
  #settle: (end: ExchangeEnd) => void = () => {};

  constructor(
    readonly request: WireRequest,
    readonly answer: WireAnswer,
    /** Milliseconds of the player's clock. */
    readonly at: number,
  ) {
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Notes the end; the first one counts. */
  finish(end: ExchangeEnd): void {
    this.end ??= end;
    this.#settle(this.end);
  }
}
