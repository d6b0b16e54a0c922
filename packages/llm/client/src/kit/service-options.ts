import type { SchemaDialect } from '../structured/index.js';
import type { CallerOptions } from './caller.js';
import type { ModelPrices } from './model-list.js';

/** Options that every provider takes. */
export interface ServiceOptions extends Pick<CallerOptions, 'clock' | 'wallClock'> {
  /** Key of the account, sent in a header; without it every call to the service itself rejects with an `LlmAuthError`. */
  readonly apiKey?: string | undefined;
  /** Model to ask unless a request names another. @default that of the provider's list of models */
  readonly model?: string | undefined;
  /** Prices of models in US dollars, over those that the provider knows; for `usage.costUsd`. @default none */
  readonly prices?: ModelPrices | undefined;
  /** What the models take of JSON Schema, such as those of a server of one's own. @default that of the service's models */
  readonly schemaDialect?: SchemaDialect | undefined;
  /** Sends the requests, always called with a URL and options. @default the global `fetch` at the time of the call */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
