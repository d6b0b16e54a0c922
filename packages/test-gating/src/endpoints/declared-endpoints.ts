import { type Registry, suggestion, UsageError, type Variables } from '@drydock/workspace';
import { readAddresses, rulesOf } from './address.js';

/** A variable with the addresses of a server: a URL, several, or `host:port` pairs separated by commas. */
export type EndpointOption =
  | string
  | {
      readonly variable: string;
      /** Marker of the tests that may reach it. @default every marker of scope `lan`, such as `integration` */
      readonly marker?: string;
    };

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
    .filter(([name, definition]) => {
      const value = env[name];
      return (
        definition.kind !== 'address' || !value || readAddresses(value, rulesOf(definition, env)).length > 0
      );
    })
    .map(([name]) => name);
}
