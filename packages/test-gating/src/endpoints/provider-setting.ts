import type { ProviderRecord } from '@drydock/services';

/** Variable that configures a provider: that of its key, or one with the address of a server that replaces it. */
export function providerSetting(
  { probe, variables }: Pick<ProviderRecord, 'probe' | 'variables'>,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return env[probe.key] ? probe.key : addressSetting({ variables }, env);
}

/** Variable with the address of a server that speaks the provider's protocol; undefined where it is not set. */
export function addressSetting(
  { variables }: Pick<ProviderRecord, 'variables'>,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return Object.keys(variables).find((name) => variables[name]?.kind === 'url' && env[name]);
}
