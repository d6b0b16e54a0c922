import { Refusal } from './answer.js';
import { compile } from './filtering.js';
import { parse } from './json.js';
import { type Document, describeField, type Field, flawOf } from './schema.js';

type Line = Readonly<Record<string, unknown>>;

/** The documents of one collection. */
export class Collection {
  readonly fields = new Map<string, Field>();
  readonly documents = new Map<string, Document>();
  readonly #name: string;

  constructor(name: string, fields: readonly Record<string, unknown>[]) {
    this.#name = name;
    for (const given of fields) {
      const field = describeField(given);
      this.fields.set(field.name, field);
    }
  }

  /** The answer to `GET /collections/<name>`. */
  describe(): object {
    return {
      created_at: 1_700_000_000,
      default_sorting_field: '',
      enable_nested_fields: false,
      fields: [...this.fields.values()],
      name: this.#name,
      num_documents: this.documents.size,
      symbols_to_index: [],
      token_separators: [],
    };
  }

  /** Adds and drops fields; one that is wrong changes nothing. */
  alter(given: readonly Record<string, unknown>[]): object {
    const added = given.filter(({ drop }) => drop !== true).map(describeField);
    for (const { name, optional } of added) {
      if (this.fields.has(name)) {
        throw new Refusal(
          400,
          `Field \`${name}\` is already part of the schema: To change this field, drop it first before adding it back to the schema.`,
        );
      }
      if (!optional && [...this.documents.values()].some((document) => document[name] === undefined)) {
        throw new Refusal(
          400,
          `Field \`${name}\` has been declared in the schema, but is not found in the documents already present in the collection. If you still want to add this field, set it as \`optional: true\`.`,
        );
      }
    }
    for (const { name, drop } of given) if (drop === true) this.fields.delete(String(name));
    for (const field of added) this.fields.set(field.name, field);
    return {
      fields: added.map((field) => ({
        ...field,
        nested: false,
        nested_array: 0,
        num_dim: field.num_dim ?? 0,
        vec_dist: 'cosine',
      })),
    };
  }

  /** The answer to one line of an import. */
  importLine(text: string, action: string, returnId: boolean): Line {
    const document = parseLine(text);
    const failed = (code: number, error: string) => ({ code, document: text, error, success: false });
    if (typeof document === 'string') return failed(400, document);
    const { id } = document;
    if (id !== undefined && typeof id !== 'string') {
      return failed(400, "Document's `id` field should be a string.");
    }
    if (id === '') return failed(400, 'The `id` should not be empty.');
    const key = id ?? String(this.documents.size);
    const old = this.documents.get(key);
    if (action === 'create' && old) return failed(409, `A document with id ${key} already exists.`);
    if (action === 'update' && !old) return failed(404, `Could not find a document with id: ${key}`);
    const merged = action === 'update' || (action === 'emplace' && old) ? { ...old, ...document } : document;
    const flaw = flawOf(this.fields.values(), merged);
    if (flaw !== undefined) return failed(400, flaw);
    this.documents.set(key, this.#kept({ ...merged, id: key }, old !== undefined));
    return { ...(returnId && { id: key }), success: true };
  }

  /** One document; throws where it does not exist. */
  get(id: string): Document {
    const document = this.documents.get(id);
    if (!document) throw new Refusal(404, `Could not find a document with id: ${id}`);
    return document;
  }

  /** Removes the documents that match a filter, and returns their number. */
  deleteBy(filter: string): number {
    const matches = compile(this.fields, filter);
    const found = [...this.documents].filter(([, document]) => matches(document));
    for (const [id] of found) this.documents.delete(id);
    return found.length;
  }

  /** The document as it is stored: without nulls of declared fields and reserved names; a replaced one without any null. */
  #kept(document: Document, replaces: boolean): Document {
    const entries = Object.entries(document).filter(
      ([name, value]) => name !== '.flat' && !(value === null && (replaces || this.fields.has(name))),
    );
    // In the order of their names, as the server writes them.
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function parseLine(text: string): Document | string {
  try {
    const value = parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Document;
    return 'Bad JSON: not a properly formed document.';
  } catch {
    return 'Bad JSON: [json.exception.parse_error.101] parse error at line 1';
  }
}
