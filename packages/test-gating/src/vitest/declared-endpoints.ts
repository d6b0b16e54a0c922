import { type Registry, suggestion, UsageError, type Variables } from '@drydock/workspace';
import { readAddresses } from '../endpoints/address.js';
import type { EndpointOption } from './options.js';

/**
 * The variables that `drydock({ endpoints })` declares.
 *
 * @throws UsageError for an unknown marker, naming the nearest known one.
 */
export function declaredEndpoints(
  options: readonly EndpointOption[] | undefined = [],
  { markers }: Pick<Registry, 'markers'>,
): Variables {
  const known = markers.map(({ name }) => name);
  return Object.fromEntries(
    options.map((option) => {
      const { variable, marker } = typeof option === 'string' ? { variable: option } : option;
      if (marker !== undefined && !known.includes(marker))
        throw new UsageError(
          `drydock({ endpoints }) gives ${variable} the unknown marker '${marker}'. ${suggestion(marker, known)}`,
        );
      return [variable, { kind: 'address', ...(marker !== undefined && { marker }) }];
    }),
  );
}

/** Names to remove before an offline test; an address that leads to no server, such as a SQLite file's, stays. */
export function addressesAndSecrets(variables: Variables, env: NodeJS.ProcessEnv): string[] {
  return Object.entries(variables)
    .filter(([name, { kind, example }]) => {
      const value = env[name];
      return kind !== 'address' || !value || readAddresses(value, { example }).length > 0;
    })
    .map(([name]) => name);
}
