import type { Attempt } from './attempt.js';
import type { Request } from './request.js';

/** One attempt for several calls: it is ended once all of them are, and each of them counts what it sends. */
export class Group implements Attempt {
  readonly #requests: readonly Request[];
  #controller: AbortController | undefined;

  constructor(requests: readonly Request[]) {
    this.#requests = requests;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      this.onAbort(() => controller.abort(this.reason));
    }
    return this.#controller.signal;
  }

  get aborted(): boolean {
    return this.#requests.every((request) => request.aborted);
  }

  get reason(): unknown {
    return this.aborted ? this.#requests[0]?.reason : undefined;
  }

  onAbort(listener: () => void): () => void {
    let live = this.#requests.length;
    const leave = this.#requests.map((request) =>
      request.onAbort(() => {
        live -= 1;
        if (live === 0) listener();
      }),
    );
    return () => {
      for (const each of leave) each();
    };
  }

  remainingMs(): number {
    return Math.max(...this.#requests.map((request) => request.remainingMs()));
  }

  /** One round trip for all. */
  sending(): void {
    this.#requests.forEach((request, index) => {
      request.sending(index === 0);
    });
  }
}
