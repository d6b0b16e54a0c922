import { createHmac, randomBytes } from 'node:crypto';
import { Refusal } from './answer.js';

/** A key that the server made. */
interface Key {
  readonly id: number;
  readonly value: string;
  readonly actions: readonly string[];
  readonly collections: readonly string[];
}

/** What a key allows. */
export interface Grant {
  /** Parameters that a scoped key adds to every search. */
  readonly scope: Readonly<Record<string, unknown>>;
  allows(action: string, collection: string): boolean;
}

const ALL: Grant = { scope: {}, allows: () => true };
const NONE: Grant = { scope: {}, allows: () => false };

/** The keys of a server. */
export class Keys {
  #made: Key[] = [];
  #next = 0;
  readonly #admin: string;

  constructor(admin: string) {
    this.#admin = admin;
  }

  /** Makes a key, as `POST /keys` does. */
  create(body: Readonly<Record<string, unknown>>): object {
    const { description, actions, collections } = body;
    if (!Array.isArray(actions) || !Array.isArray(collections))
      throw new Refusal(400, 'Could not find a `actions` key.');
    const value = randomBytes(16).toString('hex');
    const id = this.#next;
    this.#next += 1;
    this.#made.push({ id, value, actions, collections });
    return {
      actions,
      collections,
      description,
      expires_at: 64_723_363_199,
      id,
      value,
    };
  }

  /** Removes a key. */
  remove(id: number): object {
    if (!this.#made.some((key) => key.id === id)) throw new Refusal(404, 'Not found.');
    this.#made = this.#made.filter((key) => key.id !== id);
    return { id };
  }

  /** What a key allows; a scoped key holds its parameters, with a signature by its parent. */
  grantOf(key: string, now: number): Grant {
    if (key === this.#admin) return ALL;
    const own = this.#made.find(({ value }) => value === key);
    if (own) return { scope: {}, allows: (action, name) => holds(own, action, name) };
    const text = Buffer.from(key, 'base64').toString();
    const [digest, prefix, json] = [text.slice(0, 44), text.slice(44, 48), text.slice(48)];
    const parent = this.#made.find(({ value }) => value.startsWith(prefix));
    if (!parent || createHmac('sha256', parent.value).update(json).digest('base64') !== digest) return NONE;
    const { expires_at, ...scope } = JSON.parse(json);
    if (Number(expires_at ?? Number.POSITIVE_INFINITY) * 1_000 < now) return NONE;
    return { scope, allows: (action, name) => action === 'documents:search' && holds(parent, action, name) };
  }
}

/** The server's error for a key that does not allow a request. */
export function forbidden(): Refusal {
  return new Refusal(401, 'Forbidden - a valid `x-typesense-api-key` header must be sent.');
}

function holds({ actions, collections }: Key, action: string, name: string): boolean {
  const [kind] = action.split(':');
  const named = collections.some((pattern) => pattern === '*' || new RegExp(`^${pattern}$`).test(name));
  return named && actions.some((one) => one === '*' || one === action || one === `${kind}:*`);
}
