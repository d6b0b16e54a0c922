/** What JSON would empty, change or leave out, by the name of its class, and what to store instead. */
const REMEDIES: Readonly<Record<string, string>> = {
  Date: 'store its toISOString() or getTime()',
  Map: 'store Object.fromEntries(it) or [...it]',
  Set: 'store [...it]',
  RegExp: 'store its source and flags',
  URL: 'store its href',
  ArrayBuffer: 'store base64 text',
};
const TYPED_ARRAY = 'store Array.from(it), or base64 text';
const INSTANCE = 'copy what it holds into a plain object';

/** Whether an object is made of properties alone: a literal, also of another realm, or one without a prototype. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What is wrong with a value that must not be emptied, and what to do, such as `is an instance of Map; store [...it]`; never the value. */
export function instanceFlaw(value: object): string {
  const name = classOf(value);
  const remedy = REMEDIES[name] ?? (ArrayBuffer.isView(value) ? TYPED_ARRAY : INSTANCE);
  return `is an instance of ${name}; ${remedy}`;
}

/**
 * The first thing in a value that JSON cannot hold, as its path and what is wrong: `.tags[1] is a bigint; …`.
 *
 * Allocates nothing where nothing is wrong. `above` are the objects around the value, where there may be a cycle.
 */
export function jsonFlaw(value: unknown, above?: readonly object[]): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : ' is NaN or an infinity; store null or text';
    case 'bigint':
      return ' is a bigint; store it as text';
    case 'object':
      return value === null ? undefined : partFlaw(value, above);
    default:
      return ` is a ${typeof value}; leave it out`;
  }
}

function partFlaw(value: object, above: readonly object[] | undefined): string | undefined {
  if (above?.includes(value)) return ' is a cycle; store an id instead';
  const around = above && [...above, value];
  if (Array.isArray(value)) return listFlaw(value, around);
  if (!isPlain(value)) return ` ${instanceFlaw(value)}`;
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue;
    const flaw = jsonFlaw((value as Readonly<Record<string, unknown>>)[name], around);
    if (flaw !== undefined) return `.${name}${flaw}`;
  }
  return undefined;
}

function listFlaw(list: readonly unknown[], around: readonly object[] | undefined): string | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const part = list[index];
    const flaw = part === undefined ? ' is undefined; store null' : jsonFlaw(part, around);
    if (flaw !== undefined) return `[${index}]${flaw}`;
  }
  return undefined;
}

function classOf(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && /^[\w$]{1,64}$/.test(name) ? name : 'a class';
}
