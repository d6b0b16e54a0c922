import type { ProviderProbe, Variables } from '@drydock/workspace';
import type { WorkspacePackage } from '@drydock/workspace/members';
import { visiblePackages } from '@drydock/workspace/visible-packages';

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
  for (const visible of visiblePackages(dir)) {
    const record = toRecord(visible);
    if (record !== undefined && !records.has(record.provider)) records.set(record.provider, record);
  }
  return [...records.values()].sort((a, b) => a.provider.localeCompare(b.provider));
}

function toRecord({ name, root, field }: WorkspacePackage): ProviderRecord | undefined {
  const { provider, probe, variables = {} } = field;
  if (provider === undefined || probe === undefined) return undefined;
  return { provider, packageName: name, packageDir: root, variables, probe };
}
