import { invalidQuery } from '@drydock/storage/backend-kit';

/** Collects parameters; every value of a query goes through it, none into the text. */
export class Parameters {
  readonly values: (string | null | readonly string[])[] = [];

  /** SQL that stands for the value. */
  add(value: string | readonly string[], type: string): string {
    // The driver would count on in 16 bits and send nonsense.
    if (this.values.length >= 65_535) throw invalidQuery('the query has too many values; use `in` for sets');
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
