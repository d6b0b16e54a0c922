import { Collection } from './collection.js';
import { badInput, invalid, notFound } from './refusal.js';
import { parseVectorsConfig } from './vectors.js';

/** All collections of a server. */
export class Database {
  readonly #collections = new Map<string, Collection>();
  readonly #aliases = new Map<string, string>();

  get names(): string[] {
    return [...this.#collections.keys()];
  }

  has(name: string): boolean {
    return this.#collections.has(this.#aliases.get(name) ?? name);
  }

  collection(name: string): Collection {
    const found = this.#collections.get(this.#aliases.get(name) ?? name);
    if (!found) throw notFound(`Collection \`${name}\` doesn't exist!`);
    return found;
  }

  create(name: string, { vectors }: Record<string, unknown>, length: number): true {
    checkName(name);
    const config = parseVectorsConfig(vectors, length);
    if (this.#collections.has(name)) throw badInput(`Collection \`${name}\` already exists!`, 409);
    this.#collections.set(name, new Collection(name, config));
    return true;
  }

  /** Removes a collection with its aliases; true where it existed. */
  drop(name: string): boolean {
    for (const [alias, of] of this.#aliases) if (of === name) this.#aliases.delete(alias);
    return this.#collections.delete(name);
  }

  changeAliases({ actions }: Record<string, unknown>): true {
    for (const action of actions as Record<string, Record<string, string>>[]) {
      const { create_alias: added, delete_alias: removed } = action;
      if (added) this.#aliases.set(added.alias_name ?? '', this.collection(added.collection_name ?? '').name);
      if (removed) this.#aliases.delete(removed.alias_name ?? '');
    }
    return true;
  }
}

function checkName(name: string): void {
  const field = 'path parameters';
  if (name.includes('/')) {
    throw invalid(field, 'collection_name: collection name cannot contain "/" char');
  }
  if (name.length > 255) {
    throw invalid(field, `collection_name: value "${name}" invalid, must be from 1 to 255 characters`);
  }
}
