/** Protocol or none, login or none, the first host with its port, further ones. */
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)?((?:[^/?#]*@)?)([^/?#,;\s@]+)(?:[,;][^/?#]*)?/i;

/** The first server of an address with several hosts, or of a list, as one address: `a:1` of `a:1,b:1`. */
export function firstAddress(value: string): string {
  const [first = ''] = value.trim().split(/[\s,;]+(?=[a-z][a-z0-9+.-]*:\/\/)/i);
  return first.replace(ADDRESS, '$1$2$3');
}
