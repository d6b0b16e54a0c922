import { isRecord } from './dialect/child-schemas.js';

/** A member by whose constant each alternative of a list is told, and the alternatives by that constant. */
interface Discriminator {
  readonly name: string;
  readonly byConstant: ReadonlyMap<unknown, readonly unknown[]>;
}

/** Finds the alternatives of a union that a value may fit by a constant that all of them have, in a time that does not grow with their number. */
export class Discriminators {
  readonly #targetOf: (schema: unknown) => unknown;
  readonly #known = new Map<readonly unknown[], Discriminator | undefined>();

  /** `targetOf` follows a reference. */
  constructor(targetOf: (schema: unknown) => unknown) {
    this.#targetOf = targetOf;
  }

  /** The alternatives with the value's constant; all of them where they are not told by one. */
  narrowed(value: unknown, alternatives: readonly unknown[]): readonly unknown[] {
    if (!isRecord(value)) return alternatives;
    const { name, byConstant } = this.#of(alternatives) ?? {};
    if (name === undefined || !Object.hasOwn(value, name)) return alternatives;
    return byConstant?.get(value[name]) ?? [];
  }

  #of(alternatives: readonly unknown[]): Discriminator | undefined {
    if (this.#known.has(alternatives)) return this.#known.get(alternatives);
    const members = alternatives.map((schema) => {
      const target = this.#targetOf(schema);
      return isRecord(target) && isRecord(target.properties) ? target.properties : {};
    });
    const name = Object.keys(members[0] ?? {}).find((one) =>
      members.every((properties) => isConstant(properties[one])),
    );
    const found =
      name === undefined ? undefined : { name, byConstant: byConstantOf(name, members, alternatives) };
    this.#known.set(alternatives, found);
    return found;
  }
}

function byConstantOf(
  name: string,
  members: readonly Readonly<Record<string, unknown>>[],
  alternatives: readonly unknown[],
): ReadonlyMap<unknown, readonly unknown[]> {
  const map = new Map<unknown, unknown[]>();
  for (const [index, properties] of members.entries()) {
    const { const: constant } = properties[name] as { readonly const: unknown };
    map.set(constant, [...(map.get(constant) ?? []), alternatives[index]]);
  }
  return map;
}

function isConstant(schema: unknown): boolean {
  return isRecord(schema) && 'const' in schema && typeof schema.const !== 'object';
}
