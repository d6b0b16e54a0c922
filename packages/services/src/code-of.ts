/** Code of a driver's or the system's error, looked for in its causes too: `ECONNREFUSED`, `28P01`, `WRONGPASS`. */
export function codeOf(error: unknown, depth = 5): string | undefined {
  if (typeof error !== 'object' || error === null || depth === 0) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && /^\w[\w.]{2,80}$/.test(code)) return code;
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return inner.map((one) => codeOf(one, depth - 1)).find((found) => found !== undefined);
}
