/** Time in milliseconds since 1970, which dates are compared with. */
export type WallClock = () => number;

/**
 * The pause that an answer asks for, in milliseconds: seconds or a date, however long.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterOf(headers: Headers, now: WallClock = Date.now): number | undefined {
  const milliseconds = numberOf(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return Math.ceil(milliseconds);
  const value = headers.get('retry-after')?.trim();
  const seconds = numberOf(value);
  if (seconds !== undefined) return Math.ceil(seconds * 1_000);
  // `Date.parse` also takes texts that are not dates of this header, such as `-1`.
  const date = value && /^[A-Za-z]{3,9},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}

function numberOf(value: string | null | undefined): number | undefined {
  return value && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}
