import { inspect } from 'node:util';

/** A value in every form in which it may be shown or logged. */
export function everyView(value: unknown): string[] {
  const depth = Number.POSITIVE_INFINITY;
  return [
    inspect(value, { depth, showHidden: true }),
    inspect(value, { depth, showHidden: true, customInspect: false, getters: true }),
    JSON.stringify(value) ?? '',
    String(value),
    value instanceof Error ? `${value.stack} ${String(value.cause)}` : '',
  ];
}
