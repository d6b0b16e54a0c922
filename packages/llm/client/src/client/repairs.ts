import type { StructuredRequest } from '../contract/index.js';
import { repairRequest } from '../structured/repair.js';
import type { Route } from './route.js';

/** One repair a provider: the answer that does not fit goes back once, as an attempt like any other. */
export class Repairs<T> {
  readonly #request: StructuredRequest<T>;
  readonly #repairs = new Map<Route, StructuredRequest<T>>();

  constructor(request: StructuredRequest<T>) {
    this.#request = request;
  }

  /** Sends what the provider is to be asked now; a failure that a repair may mend becomes retriable. */
  async send<R>(route: Route, send: (request: StructuredRequest<T>) => Promise<R>): Promise<R> {
    const repairing = this.#repairs.get(route);
    try {
      return await send(repairing ?? this.#request);
    } catch (error) {
      const repair = repairing ? undefined : repairRequest(this.#request, error);
      if (!repair) throw error;
      this.#repairs.set(route, repair);
      throw Object.assign(error as object, { retriable: true });
    }
  }
}
