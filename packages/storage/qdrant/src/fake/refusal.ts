/** What the server answers instead of a result. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Some refusals are bare text. */
    readonly plain = false,
  ) {
    super(message);
  }
}

/** The body is JSON of the wrong form; `length` is added where the server names the place. */
export function badForm(message: string, length?: number): Refusal {
  const place = length === undefined ? '' : ` at line 1 column ${length}`;
  return new Refusal(400, `Format error in JSON body: ${message}${place}`);
}

/** The body means nothing in this collection. */
export function badInput(message: string, status = 400): Refusal {
  return new Refusal(status, `Wrong input: ${message}`);
}

/** The body has the right form and a value that is not allowed. */
export function invalid(where: 'JSON body' | 'path parameters', message: string): Refusal {
  return new Refusal(422, `Validation error in ${where}: [${message}]`);
}

/** What the request names is not there. */
export function notFound(what: string): Refusal {
  return new Refusal(404, `Not found: ${what}`);
}
