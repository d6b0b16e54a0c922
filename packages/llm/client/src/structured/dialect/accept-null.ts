import type { JsonSchema } from '../../contract/index.js';

const NULL_TYPE = { type: 'null' };

/** The schema with null allowed. */
export function acceptingNull(schema: JsonSchema): JsonSchema {
  if (acceptsNull(schema)) return schema;
  const { type, enum: values, anyOf } = schema;
  if ('const' in schema || '$ref' in schema) return { anyOf: [schema, NULL_TYPE] };
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf, NULL_TYPE] };
  if (type === undefined) return { anyOf: [schema, NULL_TYPE] };
  const types = Array.isArray(type) ? type : [type];
  return {
    ...schema,
    type: [...types, 'null'],
    ...(Array.isArray(values) && !values.includes(null) && { enum: [...values, null] }),
  };
}

function acceptsNull(schema: JsonSchema): boolean {
  const { type, enum: values, anyOf } = schema;
  if (Object.keys(schema).length === 0) return true;
  if (Array.isArray(values) && !values.includes(null)) return false;
  if (Array.isArray(anyOf)) return anyOf.some(acceptsNull);
  return type === 'null' || (Array.isArray(type) && type.includes('null'));
}
