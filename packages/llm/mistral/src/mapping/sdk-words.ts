/*
 * The SDK renames the members of requests and answers to camel case; all that reads and writes them here keeps to the
 * words of the wire, as for every service that speaks OpenAI's chat API.
 */

/** What the SDK puts where an id is missing, as in the later parts of a tool call. */
const NO_ID = 'null';
/** Members whose values are the caller's own or the model's, and stay as they are. */
const OPAQUE = ['schema', 'parameters', 'arguments'];

/** A request as the SDK takes it. */
export function toSdkWords(body: unknown): unknown {
  const renamed = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return mapMembers(body, (name) => (name === 'schema' ? 'schemaDefinition' : renamed(name)));
}

/** An answer as it came over the wire. */
export function fromSdkWords<T>(answer: unknown): T {
  return mapMembers(answer, (name, value) => {
    if (name === 'id' && value === NO_ID) return undefined;
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }) as T;
}

/** A copy with members under other names; those without a name are left out. */
function mapMembers(value: unknown, rename: (name: string, value: unknown) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const as = rename(name, member);
      if (as === undefined) return [];
      return [[as, OPAQUE.includes(name) ? member : mapMembers(member, rename)]];
    }),
  );
}
