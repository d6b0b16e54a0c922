import type { ProviderRecord } from '@drydock/services';

/** The variable by which a provider is configured: that of its key, or one with the address of a server like it. */
export function providerSetting(
  { probe, variables }: Pick<ProviderRecord, 'probe' | 'variables'>,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return env[probe.key] ? probe.key : addressSetting({ variables }, env);
}

/** The variable with the address of a server that speaks the provider's protocol, where it is set. */
export function addressSetting(
  { variables }: Pick<ProviderRecord, 'variables'>,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return Object.keys(variables).find((name) => variables[name]?.kind === 'url' && env[name]);
}
