export { type ConvertedSchema, convertSchema } from './convert-schema.js';
export {
  type OutputSchemaOptions,
  outputSchema,
  type SelfDescribing,
  type Validating,
} from './output-schema.js';
export { type PreparedOutput, prepareOutput } from './prepare-output.js';
export { repairRequest } from './repair.js';
export { OPEN_API_DIALECT, type SchemaDialect, STRICT_DIALECT } from './schema-dialect.js';
export { SchemaError } from './schema-error.js';
export {
  type Partially,
  type StreamSource,
  type StructuredEvent,
  schemaOf,
  streamStructured,
} from './stream-structured.js';
