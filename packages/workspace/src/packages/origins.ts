import type { DrydockField } from '../field/drydock-field.js';
import { visiblePackages } from './visible-packages.js';

/** A backend or a provider, as its package describes it to those who judge errors. */
export interface OriginRecord {
  /** As errors name it: `redis`, `groq`. */
  readonly name: string;
  /** Variables that it reads, by name. */
  readonly variables: readonly string[];
  /** What its errors say; see {@link DrydockField.errors}. */
  readonly errors: NonNullable<DrydockField['errors']>;
}

/** Backends and providers of a folder's package, of the workspace if the folder is its root, and of what they depend on. */
export function originsVisibleFrom(dir: string): OriginRecord[] {
  const records = new Map<string, OriginRecord>();
  for (const { field } of visiblePackages(dir)) {
    const { backend, provider, variables = {}, errors = {} } = field;
    const name = backend ?? provider;
    if (name !== undefined && !records.has(name))
      records.set(name, { name, variables: Object.keys(variables), errors });
  }
  return [...records.values()];
}
