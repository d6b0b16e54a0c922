/** The details of a Google API error that are read: https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto. */
interface Detail {
  readonly '@type'?: unknown;
  readonly reason?: unknown;
  readonly retryDelay?: unknown;
  readonly violations?: unknown;
}

/** What is read from an error's details. */
export interface ErrorDetails {
  /** Milliseconds that the service asks to wait. */
  readonly retryAfterMs?: number;
  /** Word for the cause, such as `API_KEY_INVALID`. */
  readonly reason?: string;
  /** Whether a limit of a day or longer is used up, so that waiting does not help. */
  readonly exhausted: boolean;
}

/** Names of limits that are renewed within a minute. */
const SHORT = /Per(?:Minute|Second)/i;
const LONG = /Per(?:Day|Week|Month)/i;

/** Reads an error's details, whatever they hold. */
export function readDetails(details: unknown): ErrorDetails {
  const known = (Array.isArray(details) ? details : []).filter(isObject) as Detail[];
  const { retryDelay } = ofType(known, 'RetryInfo') ?? {};
  const { reason } = ofType(known, 'ErrorInfo') ?? {};
  const { violations } = ofType(known, 'QuotaFailure') ?? {};
  const retryAfterMs = millisecondsOf(retryDelay);
  return {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(typeof reason === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(reason) && { reason }),
    exhausted: (Array.isArray(violations) ? violations : []).some(isExhausted),
  };
}

function ofType(details: readonly Detail[], name: string): Detail | undefined {
  return details.find((detail) => detail['@type'] === `type.googleapis.com/google.rpc.${name}`);
}

/** A `google.protobuf.Duration` as JSON: seconds with a fraction and an `s`. */
function millisecondsOf(duration: unknown): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(typeof duration === 'string' ? duration : '');
  return match ? Math.ceil(Number(match[1]) * 1_000) : undefined;
}

/** A limit of zero is never renewed. */
function isExhausted(violation: unknown): boolean {
  if (!isObject(violation)) return false;
  const { quotaId, quotaValue } = violation as { quotaId?: unknown; quotaValue?: unknown };
  if (String(quotaValue) === '0') return true;
  return LONG.test(String(quotaId)) && !SHORT.test(String(quotaId));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
