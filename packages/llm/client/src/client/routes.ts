import type { Clock } from '@drydock/resilience';
import { type LlmError, toLlmError } from '../contract/index.js';
import type { ProviderOptions } from './client-options.js';
import { Route } from './route.js';

/** What the client knows of a provider's readiness. */
export interface ProviderStatus {
  readonly provider: string;
  readonly model: string;
  /** `misconfigured` after 401 or 403, `resting` while its breaker is open. */
  readonly state: 'ready' | 'resting' | 'misconfigured';
}

/** The providers in their order: also the registry of the models that can be asked. */
export class Routes {
  readonly all: readonly Route[];

  constructor(providers: readonly ProviderOptions[], clock: Clock) {
    this.all = providers.map((options) => new Route(options, clock));
  }

  /**
   * Those that may be asked, in their order; of a model that is named, those that are listed with it.
   *
   * @throws LlmError of kind `bad_request` when no provider is listed with the model.
   */
  usable(model: string | undefined): readonly Route[] {
    const listed = model === undefined ? this.all : this.all.filter((route) => route.model === model);
    if (listed.length === 0) throw this.#unlisted();
    const usable = listed.filter(({ misconfigured }) => !misconfigured);
    // Where all are misconfigured, each is asked again: a key may have been fixed, and the provider's own error is the most precise.
    return usable.length > 0 ? usable : listed;
  }

  /** The first that has embeddings, and no other: vectors of different models cannot be compared. */
  embedding(): Route {
    const route = this.all.find(({ provider }) => provider.embed !== undefined);
    if (route) return route;
    const detail = 'no provider of this client has embeddings; add one that has';
    throw toLlmError('bad_request', { provider: 'client', detail });
  }

  status(): ProviderStatus[] {
    return this.all.map(({ provider, model, misconfigured, breaker }) => ({
      provider: provider.name,
      model,
      state: misconfigured ? 'misconfigured' : breaker.open ? 'resting' : 'ready',
    }));
  }

  #unlisted(): LlmError {
    const models = this.all.map(({ provider, model }) => `${model} (${provider.name})`).join(', ');
    const detail = `no provider is listed with the model that the request names; there are ${models}`;
    return toLlmError('bad_request', { provider: 'client', detail });
  }
}
