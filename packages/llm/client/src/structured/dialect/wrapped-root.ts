import type { JsonSchema } from '../../contract/index.js';
import { isRecord, resolved } from './child-schemas.js';

const MEMBER = 'value';
const AT = `/properties/${MEMBER}`;
const SHARED = ['$defs', 'definitions'];

/** Whether the root of a schema is an object and no union, as some services require. */
export function hasObjectRoot(root: JsonSchema): boolean {
  const target = typeof root.$ref === 'string' ? resolved(root, root.$ref) : root;
  return isRecord(target) && target.type === 'object' && !('anyOf' in target || 'oneOf' in target);
}

/** An object with the schema for its one member, `value`. */
export function withWrappedRoot(root: JsonSchema): JsonSchema {
  const shared = Object.entries(root).filter(([name]) => SHARED.includes(name));
  const inner = Object.entries(root).filter(([name]) => !SHARED.includes(name) && name !== '$schema');
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === '$ref' && typeof member === 'string' ? movedReference(member) : moved(member),
      ]),
    );
  };
  return {
    ...(moved(Object.fromEntries(shared)) as JsonSchema),
    type: 'object',
    properties: { [MEMBER]: moved(Object.fromEntries(inner)) },
    required: [MEMBER],
    additionalProperties: false,
  };
}

function movedReference(reference: string): string {
  if (!reference.startsWith('#') || SHARED.some((name) => reference.startsWith(`#/${name}/`)))
    return reference;
  return `#${AT}${reference.slice(1)}`;
}

/** A pointer into the wrapped schema as one into the schema itself. */
export function unwrappedPointer(pointer: string): string {
  return pointer.startsWith(AT) ? pointer.slice(AT.length) : pointer;
}

/** The value of an answer whose schema may have been wrapped, also while it comes. */
export function unwrappedValue(value: unknown, root: JsonSchema): unknown {
  if (!isRecord(value) || hasObjectRoot(root) || describesMembers(root)) return value;
  return Object.keys(value).join() === MEMBER ? value[MEMBER] : value;
}

/** Whether the root itself, or an alternative of it, has a member of that name. */
function describesMembers(root: JsonSchema): boolean {
  const alternatives = [root.anyOf, root.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [root, ...alternatives].some((schema) => {
    const target = isRecord(schema) && typeof schema.$ref === 'string' ? resolved(root, schema.$ref) : schema;
    return isRecord(target) && isRecord(target.properties) && Object.hasOwn(target.properties, MEMBER);
  });
}
