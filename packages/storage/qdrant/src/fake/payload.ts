/** Values at a path such as `a.b[].c`; a list at the end is given item by item, unless `keepLists` is set. */
export function valuesAt(payload: unknown, path: string, keepLists = false): unknown[] {
  const steps = path.match(/"[^"]*"|[^.[\]"]+|\[\d*\]/g) ?? [];
  const found = steps.reduce<unknown[]>(
    (values, step) => values.flatMap((value) => next(value, step)),
    [payload],
  );
  return keepLists ? found : found.flatMap((value) => (Array.isArray(value) ? value : [value]));
}

function next(value: unknown, step: string): unknown[] {
  if (step.startsWith('[')) {
    if (!Array.isArray(value)) return [];
    return step === '[]' ? value : value.slice(Number(step.slice(1, -1))).slice(0, 1);
  }
  const key = step.replaceAll('"', '');
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  return [(value as Record<string, unknown>)[key]];
}

/** The part of a payload that a request selects; undefined where it selects none. */
export function selectPayload(
  payload: Record<string, unknown>,
  selector: unknown,
): Record<string, unknown> | undefined {
  if (selector === undefined || selector === null || selector === false) return undefined;
  if (selector === true) return payload;
  const { include, exclude } = selector as { include?: string[]; exclude?: string[] };
  const listed = Array.isArray(selector) ? selector : include;
  return Object.fromEntries(
    Object.entries(payload).filter(([key]) => (listed ? listed.includes(key) : !exclude?.includes(key))),
  );
}
