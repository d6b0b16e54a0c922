import type { GenerateRequest } from '../contract/index.js';
import { repairRequest } from '../structured/repair.js';
import type { Route } from './route.js';

/** The one repair of a call: the first answer that does not fit its schema, or that of a tool, is sent back once to its provider, as a further attempt. */
export class Repairs<Request extends GenerateRequest> {
  readonly #request: Request;
  #repair: { readonly route: Route; readonly request: Request } | undefined;

  constructor(request: Request) {
    this.#request = request;
  }

  /** Sends the request, or its repair to the provider that needs one; a failure that a repair may fix becomes retriable. */
  async send<R>(route: Route, send: (request: Request) => Promise<R>): Promise<R> {
    try {
      return await send(this.#repair?.route === route ? this.#repair.request : this.#request);
    } catch (error) {
      const request = this.#repair ? undefined : repairRequest(this.#request, error);
      if (!request) throw error;
      this.#repair = { route, request: request as Request };
      throw Object.assign(error as object, { retriable: true });
    }
  }
}
