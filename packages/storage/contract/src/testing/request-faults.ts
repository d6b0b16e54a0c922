import type { Duplex } from 'node:stream';

/** When a connection is closed: before the request is served, in the middle of the answer, or between the two. */
export type DropMoment = 'before' | 'within' | 'after';

/** What happens to a request that matches; a `Reply` is an answer as a test writes it. */
export type RequestFault<Reply> =
  /** This is answered, and the request not served. */
  | { readonly kind: 'answer'; readonly reply: Reply }
  /** The connection is closed. */
  | { readonly kind: 'drop'; readonly when: DropMoment }
  /** The request waits until it is released, then is served. */
  | { readonly kind: 'hold'; readonly released: Promise<void>; reached(): void }
  /** The request is read and not answered. */
  | { readonly kind: 'silence'; readonly over: Promise<void> };

/** Which requests: those whose text contains the string or matches the expression. */
export type RequestMatch = string | RegExp;

/** A request that waits. */
export interface HeldRequest {
  /** Resolves when a matching request has arrived. */
  readonly reached: Promise<void>;
  /** Lets it be served. */
  release(): void;
}

/** How a server serves one request and meets each fault; `Sent` is an answer in its own form. */
export interface RequestSteps<Reply, Sent> {
  /** The connection that the request came over. */
  readonly socket: Duplex;
  /** Serves the request. */
  serve(): Sent | Promise<Sent>;
  /** Puts a planted reply into the server's form. */
  answer(reply: Reply): Sent | Promise<Sent>;
  /** Closes the connection. */
  drop(when: DropMoment): void;
  /** Waits with a held request; default: until it is released. */
  hold?(released: Promise<void>): Promise<void>;
  /** Waits with a request that came during a silence, until it is served after all; default: for ever. */
  silence?(over: Promise<void>): Promise<void>;
}

/** The answer to a request, after the fault planted for it; undefined where nothing is to be sent. */
export type Serve<Reply> = <Sent>(
  text: string,
  steps: RequestSteps<Reply, Sent>,
) => Promise<Sent | undefined>;

/** The faults that a test has planted, each used as often as it says. */
export class RequestFaults<Reply> {
  readonly #planted: { match: RequestMatch; fault: RequestFault<Reply>; left: number }[] = [];
  #endSilence = () => {};

  plant(match: RequestMatch, fault: RequestFault<Reply>, times = 1): void {
    this.#planted.push({ match, fault, left: times });
  }

  /** Lets a request that matches wait. */
  hold(match: RequestMatch): HeldRequest {
    const [reached, released] = [signal(), signal()];
    this.plant(match, { kind: 'hold', released: released.given, reached: reached.give });
    return { reached: reached.given, release: released.give };
  }

  /** Leaves every request without an answer. */
  silence(): void {
    const over = signal();
    this.#endSilence = over.give;
    this.plant(/(?:)/, { kind: 'silence', over: over.given }, Number.POSITIVE_INFINITY);
  }

  /** Forgets everything planted. */
  clear(): void {
    this.#planted.length = 0;
    this.#endSilence();
  }

  /** The answer to a request, after the fault planted for it; undefined where nothing is to be sent. */
  async serve<Sent>(text: string, steps: RequestSteps<Reply, Sent>): Promise<Sent | undefined> {
    const fault = this.#take(text);
    if (fault?.kind === 'answer') return steps.answer(fault.reply);
    if (fault?.kind === 'drop' && fault.when === 'before') return void steps.drop('before');
    if (fault?.kind === 'silence') {
      await (steps.silence?.(fault.over) ?? new Promise(() => {}));
      if (steps.socket.destroyed) return undefined;
    }
    if (fault?.kind === 'hold') {
      fault.reached();
      await (steps.hold?.(fault.released) ?? fault.released);
    }
    const answer = await steps.serve();
    return fault?.kind === 'drop' ? void steps.drop(fault.when) : answer;
  }

  #take(text: string): RequestFault<Reply> | undefined {
    const planted = this.#planted.find(({ match, left }) => left > 0 && matches(match, text));
    if (planted) planted.left -= 1;
    return planted?.fault;
  }
}

function matches(match: RequestMatch, text: string): boolean {
  return typeof match === 'string' ? text.includes(match) : match.test(text);
}

function signal(): { readonly given: Promise<void>; give(): void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
