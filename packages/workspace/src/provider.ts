import type { VariableDefinition } from '../../services/src/service.js';

/** A request to a provider that needs the key and costs nothing, such as the list of its models. */
export interface ProviderProbe {
  /** Address of the request, without the key. */
  readonly url: string;
  /** Variable that holds the key. */
  readonly key: string;
  /** Header that carries it: `authorization`. */
  readonly header: string;
  /** Word in front of it: `Bearer`. @default none */
  readonly scheme?: string;
}

/** A provider as a package describes it; nothing of the package is loaded. */
export interface ProviderRecord {
  /** Provider's name: `groq`. */
  readonly provider: string;
  /** Package that speaks to it. */
  readonly packageName: string;
  /** Absolute path of that package. */
  readonly packageDir: string;
  /** The variables it reads, by name. */
  readonly variables: Readonly<Record<string, VariableDefinition>>;
  readonly probe: ProviderProbe;
}
