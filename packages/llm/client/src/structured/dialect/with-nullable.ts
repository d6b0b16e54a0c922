import type { JsonSchema } from '../../contract/index.js';

/** The schema as OpenAPI 3.0 writes it: without a type null, and with `nullable` beside the one type. */
export function withNullable(schema: JsonSchema): JsonSchema {
  return withOneType(withoutNullBranch(schema));
}

function withOneType({ type, enum: values, ...rest }: JsonSchema): JsonSchema {
  const types: unknown[] = Array.isArray(type) ? type : [];
  const enumerated = Array.isArray(values) ? { enum: values.filter((value) => value !== null) } : {};
  if (types.length === 0) return { ...(type !== undefined && { type }), ...enumerated, ...rest };
  const others = types.filter((one) => one !== 'null');
  const nullable = others.length < types.length ? { nullable: true } : {};
  if (others.length > 1)
    return { ...rest, ...enumerated, ...nullable, anyOf: others.map((one) => ({ type: one })) };
  return { type: others[0] ?? 'null', ...enumerated, ...rest, ...nullable };
}

function withoutNullBranch({ anyOf, ...rest }: JsonSchema): JsonSchema {
  if (!Array.isArray(anyOf)) return rest;
  const branches = anyOf.filter(({ type }: JsonSchema) => type !== 'null');
  if (branches.length === anyOf.length) return { ...rest, anyOf };
  const only = branches.length === 1 ? branches[0] : { anyOf: branches };
  return { ...only, ...rest, nullable: true };
}
