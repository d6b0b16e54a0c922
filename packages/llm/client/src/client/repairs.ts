import type { StructuredRequest } from '../contract/index.js';
import { repairRequest } from '../structured/repair.js';
import type { Route } from './route.js';

/** The one repair of a call: the first answer that does not fit its schema is sent back once to its provider, as a further attempt. */
export class Repairs<T> {
  readonly #request: StructuredRequest<T>;
  #repair: { readonly route: Route; readonly request: StructuredRequest<T> } | undefined;

  constructor(request: StructuredRequest<T>) {
    this.#request = request;
  }

  /** Sends the request, or its repair to the provider that needs one; a failure that a repair may fix becomes retriable. */
  async send<R>(route: Route, send: (request: StructuredRequest<T>) => Promise<R>): Promise<R> {
    try {
      return await send(this.#repair?.route === route ? this.#repair.request : this.#request);
    } catch (error) {
      const request = this.#repair ? undefined : repairRequest(this.#request, error);
      if (!request) throw error;
      this.#repair = { route, request };
      throw Object.assign(error as object, { retriable: true });
    }
  }
}
