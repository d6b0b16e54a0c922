/**
 * Further members of a request's body by the name of the provider, in the words of its service. Each provider's package adds
 * the members that its service documents; those of a provider under another name are not typed.
 */
export interface ProviderRequestOptions {
  /** Members for the request of one provider. */
  readonly [provider: string]: object | undefined;
}
