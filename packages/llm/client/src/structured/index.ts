export { type ConvertedSchema, convertSchema } from './dialect/convert-schema.js';
export {
  JSON_SCHEMA_DIALECT,
  OPEN_API_DIALECT,
  type SchemaDialect,
  STRICT_DIALECT,
} from './dialect/schema-dialect.js';
export { SchemaError } from './dialect/schema-error.js';
export {
  type OutputSchemaOptions,
  outputSchema,
  type SelfDescribing,
  type Validating,
} from './output-schema.js';
export { type PreparedOutput, prepareOutput } from './prepare-output.js';
export { repairRequest } from './repair.js';
export {
  type Partially,
  type StreamSource,
  type StructuredEvent,
  schemaOf,
  streamStructured,
} from './stream-structured.js';
