import type { Answer } from './answer.js';

/** What happens to a request that matches. */
export type RequestFault =
  /** The request waits until it is released, then is served. */
  | { readonly kind: 'hold'; readonly released: Promise<void>; reached(): void }
  /** The request is read, and nothing ever answers. */
  | { readonly kind: 'silence' }
  /** This is answered instead. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The connection is closed: before the request is served, after it, or in the middle of the answer. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' | 'within' };

/** A request that is being held. */
export interface HeldRequest {
  /** Resolves when a matching request has arrived. */
  readonly reached: Promise<void>;
  /** Lets it be served. */
  release(): void;
}

/** Which requests: those whose method and path, such as `POST /multi_search`, hold or match this. */
export type RequestMatch = string | RegExp;

/** The faults that a test has planted, each used as often as it says. */
export class Faults {
  readonly #planted: { match: RequestMatch; fault: RequestFault; left: number }[] = [];
  /** The code with which new connections fail while it is set, such as `ECONNREFUSED`. */
  refusal: string | undefined;

  plant(match: RequestMatch, fault: RequestFault, times = 1): void {
    this.#planted.push({ match, fault, left: times });
  }

  /** The fault for a request, used up by this. */
  take(request: string): RequestFault | undefined {
    const planted = this.#planted.find(({ match, left }) => left > 0 && matches(match, request));
    if (planted) planted.left -= 1;
    return planted?.fault;
  }

  /** Forgets everything planted. */
  clear(): void {
    this.#planted.length = 0;
    this.refusal = undefined;
  }
}

function matches(match: RequestMatch, request: string): boolean {
  return typeof match === 'string' ? request.includes(match) : match.test(request);
}
