import type { Provider } from '../contract/index.js';
import type { ClientOptions, ProviderOptions } from './client-options.js';

/** A provider with its options, however it was given. */
export function withOptions(given: Provider | ProviderOptions): ProviderOptions {
  return 'provider' in given ? given : { provider: given };
}

/** Throws a `TypeError` for options with which a client would fail later, or wait for ever. */
export function checkOptions({ providers, timeoutMs, maxAttempts, retry }: ClientOptions): void {
  if (providers.length === 0) throw new TypeError('createClient: `providers` is empty; give at least one.');
  checkPositive({ timeoutMs, maxAttempts, 'retry.perProvider': retry?.perProvider });
  for (const { provider, timeoutMs, firstEventMs, idleMs, concurrency, breaker } of providers.map(
    withOptions,
  )) {
    checkPositive({
      [`timeoutMs of ${provider.name}`]: timeoutMs,
      [`firstEventMs of ${provider.name}`]: firstEventMs,
      [`idleMs of ${provider.name}`]: idleMs,
      [`concurrency of ${provider.name}`]: concurrency,
      [`breaker.failures of ${provider.name}`]: breaker?.failures,
    });
  }
}

/** Throws a `TypeError` for a value that is not a positive number. */
export function checkPositive(values: Readonly<Record<string, number | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0))
      throw new TypeError(`createClient: \`${name}\` is not a number above 0.`);
  }
}
