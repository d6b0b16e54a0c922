/** A JSON Schema, of whatever draft. */
export type JsonSchema = Readonly<Record<string, unknown>>;
