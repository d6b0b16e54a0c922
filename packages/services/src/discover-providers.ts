import { resolve } from 'node:path';
import type { ProviderProbe, Variables } from '@drydock/workspace';
import { type Manifest, manifestsVisibleFrom } from '@drydock/workspace/reader';
import { nearestPackage } from './discover.js';

/** A provider as a package describes it; nothing of the package is loaded. */
export interface ProviderRecord {
  /** Provider's name: `groq`. */
  readonly provider: string;
  /** Package that speaks to it. */
  readonly packageName: string;
  /** Absolute path of that package. */
  readonly packageDir: string;
  /** The variables it reads, by name. */
  readonly variables: Variables;
  readonly probe: ProviderProbe;
}

/**
 * Providers that a project can use, by the `drydock.provider` and `drydock.probe` of package.json files: those of the
 * project, of the packages it depends on, and, from a workspace's root, of every member.
 *
 * @param dir Any folder of the project or workspace; the nearest `package.json` upward counts.
 */
export function discoverProviders(dir: string): readonly ProviderRecord[] {
  const records = new Map<string, ProviderRecord>();
  for (const manifest of manifestsVisibleFrom(nearestPackage(resolve(dir)))) {
    const record = toRecord(manifest);
    if (record !== undefined && !records.has(record.provider)) records.set(record.provider, record);
  }
  return [...records.values()].sort((a, b) => a.provider.localeCompare(b.provider));
}

function toRecord({ dir, json }: Manifest): ProviderRecord | undefined {
  const { provider, probe, variables = {} } = json.drydock ?? {};
  if (typeof provider !== 'string' || !isProbe(probe)) return undefined;
  return { provider, packageName: json.name ?? provider, packageDir: dir, variables, probe };
}

function isProbe(probe: ProviderProbe | undefined): probe is ProviderProbe {
  return [probe?.url, probe?.key, probe?.header].every((part) => typeof part === 'string');
}
