/** An error that the server answers a request with. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Whether it is sent as plain text instead of JSON. */
    readonly plain = false,
  ) {
    super(message);
  }
}

/** The error for a body of the wrong form; `length` is given where the server's message names the place. */
export function badForm(message: string, length?: number): Refusal {
  const place = length === undefined ? '' : ` at line 1 column ${length}`;
  return new Refusal(400, `Format error in JSON body: ${message}${place}`);
}

/** The error for a body that does not fit the collection. */
export function badInput(message: string, status = 400): Refusal {
  return new Refusal(status, `Wrong input: ${message}`);
}

/** The error for a value that is not allowed. */
export function invalid(where: 'JSON body' | 'path parameters', message: string): Refusal {
  return new Refusal(422, `Validation error in ${where}: [${message}]`);
}

/** The error for something that does not exist. */
export function notFound(what: string): Refusal {
  return new Refusal(404, `Not found: ${what}`);
}
