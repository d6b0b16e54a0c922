/** Work on a value and a schema, which yields the pairs whose results it needs. */
export type Steps<Result> = Generator<readonly [value: unknown, schema: unknown], Result, Result>;

/** Levels of work under way; an answer of a model has some dozens. */
const MOST_LEVELS = 20_000;

interface Level<Result> {
  readonly value: unknown;
  readonly schema: unknown;
  readonly steps: Steps<Result>;
}

/**
 * A function of a value and a schema that works on each pair once, however often it is needed: a recursive union would
 * otherwise take time that grows exponentially with the depth of the answer. Its levels are on a stack of its own, so that
 * a deep answer cannot exhaust that of the process.
 */
export class Memoized<Result> {
  readonly #known = new Map<unknown, Map<unknown, Result>>();
  readonly #steps: (value: unknown, schema: unknown) => Steps<Result>;
  readonly #assumed: (value: unknown) => Result;

  /** `assumed` is the result of a pair that needs itself. */
  constructor(
    steps: (value: unknown, schema: unknown) => Steps<Result>,
    assumed: (value: unknown) => Result,
  ) {
    this.#steps = steps;
    this.#assumed = assumed;
  }

  /** @throws RangeError for a value that is nested too deeply. */
  of(value: unknown, schema: unknown): Result {
    const levels: Level<Result>[] = [];
    let needed: readonly [unknown, unknown] | undefined = [value, schema];
    let result: Result | undefined;
    for (;;) {
      if (needed) {
        result = this.#known.get(needed[1])?.get(needed[0]);
        if (result === undefined) this.#begin(levels, needed);
      }
      const level = levels.at(-1);
      if (!level) return result as Result;
      const next: IteratorResult<readonly [unknown, unknown], Result> = level.steps.next(result as Result);
      needed = next.done ? undefined : next.value;
      if (!next.done) continue;
      result = next.value;
      this.#remember(level, result);
      levels.pop();
      if (levels.length === 0) return result;
    }
  }

  #begin(levels: Level<Result>[], [value, schema]: readonly [unknown, unknown]): void {
    if (levels.length === MOST_LEVELS) throw new RangeError('the value is nested too deeply');
    const level = { value, schema, steps: this.#steps(value, schema) };
    this.#remember(level, this.#assumed(value));
    levels.push(level);
  }

  #remember({ value, schema }: Level<Result>, result: Result): void {
    let ofSchema = this.#known.get(schema);
    if (!ofSchema) {
      ofSchema = new Map();
      this.#known.set(schema, ofSchema);
    }
    ofSchema.set(value, result);
  }
}
