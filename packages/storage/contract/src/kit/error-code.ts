/** Codes are short and fixed; any other text may hold a secret. */
const CODE = /^[A-Z0-9_]{1,48}$/;

/** The `code` of an error, if it has one of the usual shape. */
export function errorCode(error: unknown, shape: RegExp = CODE): string | undefined {
  const code = propertyOf(error, 'code');
  return typeof code === 'string' && shape.test(code) ? code : undefined;
}

/** A property of whatever a driver threw. */
export function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
