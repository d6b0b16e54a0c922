/** Members whose values are the caller's own or the model's, and stay as they are. */
const OPAQUE = ['schema', 'parameters', 'arguments', 'metadata'];

/** A request as the SDK takes it, which renames the members back to the words of the wire. */
export function toSdkWords(body: unknown): unknown {
  const renamed = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return mapMembers(body, (name) => (name === 'schema' ? 'schemaDefinition' : renamed(name)));
}

/** A copy with members under other names. */
function mapMembers(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      rename(name),
      OPAQUE.includes(name) ? member : mapMembers(member, rename),
    ]),
  );
}
