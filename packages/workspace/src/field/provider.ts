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
