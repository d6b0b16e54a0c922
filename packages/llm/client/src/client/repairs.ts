import type { StructuredRequest } from '../contract/index.js';
import { repairRequest } from '../structured/repair.js';
import type { Route } from './route.js';

/** One repair a call: the first answer that does not fit goes back once to who gave it, as an attempt like any other. */
export class Repairs<T> {
  readonly #request: StructuredRequest<T>;
  #repair: { readonly route: Route; readonly request: StructuredRequest<T> } | undefined;

  constructor(request: StructuredRequest<T>) {
    this.#request = request;
  }

  /** Sends what the provider is to be asked now; a failure that a repair may mend becomes retriable. */
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
