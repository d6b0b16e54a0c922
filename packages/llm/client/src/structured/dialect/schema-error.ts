/** A schema that cannot be sent; the message says where and why. */
export class SchemaError extends TypeError {
  override readonly name = 'SchemaError';

  constructor(at: string, what: string) {
    super(`the schema ${what} at ${at === '' ? 'its root' : at}`);
  }
}
