import { again, connection, data, doubtful, type FaultRule, missing, query, refusal } from './fault-rule.js';
import { LOST, SLOW } from './network-rules.js';

const DOWN: FaultRule = { ...LOST, detail: 'the server, or what stands before it, does not serve now' };
const FAILED = again(doubtful(query('the server failed')));
const REDIRECT = refusal('the server redirects, which is not followed; give the final address as url');
const REFUSED = query('the server refused the request');

/** What the statuses of RFC 9110 mean. */
export const HTTP_RULES = {
  404: missing(
    'the collection, or the path before it, does not exist; connect with migrate, or check the url',
  ),
  408: SLOW,
  409: data('the server says that this exists already'),
  413: data('the request is larger than the server takes; lower batch.maxBytes or batch.maxItems'),
  429: connection('the server takes no more requests now; send fewer at once'),
  500: FAILED,
  502: DOWN,
  503: DOWN,
  504: DOWN,
} as const satisfies Readonly<Record<number, FaultRule>>;

/** What one server means by its texts and statuses. */
export interface HttpRules {
  /** By the server's text, where the status alone is not enough. */
  readonly texts: readonly (readonly [status: number, text: RegExp, FaultRule])[];
  /** By status, before the usual ones. */
  readonly statuses: Readonly<Record<number, FaultRule>>;
}

/** What an answer other than success means. */
export function httpRule(status: number, text: string, { texts, statuses }: HttpRules): FaultRule {
  const byText = texts.find(([code, pattern]) => code === status && pattern.test(text));
  if (byText) return byText[2];
  const usual: Readonly<Record<number, FaultRule>> = HTTP_RULES;
  return statuses[status] ?? usual[status] ?? ofClass(status);
}

function ofClass(status: number): FaultRule {
  if (status >= 300 && status < 400) return REDIRECT;
  return status >= 500 ? FAILED : REFUSED;
}
