import { checkOptions, withOptions } from './check-options.js';
import type { Client } from './client.js';
import type { ClientOptions } from './client-options.js';
import type { Engine } from './engine.js';
import type { ProviderStatus } from './routes.js';

/**
 * Makes a client; nothing is loaded or sent before its first call.
 *
 * @throws TypeError for options that make no sense, naming them.
 */
export function createClient(options: ClientOptions): Client {
  checkOptions(options);
  let engine: Engine | undefined;
  // What counts retries and failures takes longer to load than everything else together.
  const load = async () => {
    const { Engine } = await import('./engine.js');
    engine ??= new Engine(options);
    return engine;
  };
  const loaded = () => engine ?? load();
  return {
    generate: async (...call) => (await loaded()).generate(...call),
    stream: async function* (...call) {
      yield* (await loaded()).stream(...call);
    },
    generateStructured: async (...call) => (await loaded()).generateStructured(...call),
    embed: async (...call) => (await loaded()).embed(...call),
    healthCheck: async (...call) => (await loaded()).healthCheck(...call),
    status: () => engine?.status() ?? allReady(options),
  };
}

function allReady({ providers }: ClientOptions): ProviderStatus[] {
  return providers.map(withOptions).map(({ provider, model }) => ({
    provider: provider.name,
    model: model ?? provider.model,
    state: 'ready',
  }));
}
