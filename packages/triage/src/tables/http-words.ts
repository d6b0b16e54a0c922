import { STATUS_CODES } from 'node:http';

/** Statuses that servers use beside those of the standard. */
const OWN_STATUSES = '(?:419|440|444|449|460|463|49[4-9]|499|52\\d|530|561|598|599)';
const REASONS = Object.entries(STATUS_CODES)
  .filter(([status]) => Number(status) >= 400)
  .map(([status, reason]) => [Number(status), String(reason)] as const);
const REASON = new Map(REASONS.map(([status, reason]) => [reason.toLowerCase(), status]));
const STATUS = '(?<status>[45]\\d\\d)';

/** The places of a status in a sentence, as clients put it. */
const GRAMMAR: readonly RegExp[] = [
  new RegExp(`^\\(${STATUS}\\)\\s*Reason: `, 'u'),
  new RegExp(`^${STATUS}(?:: | - | )(?:${REASONS.map(([, reason]) => reason).join('|')})\\b`, 'iu'),
  new RegExp(
    `\\b(?:status(?:[ _-]?code)?|HTTP(?:/[\\d.]+)?(?: (?:status|code|error|response))*|error code|response code|api error|unexpected (?:server )?response)(?: (?:code|was|is|of|with))*[ :=('"\\[]{1,3}${STATUS}\\b`,
    'iu',
  ),
  new RegExp(
    `\\b(?:answered|responded|replied|returned|failed|rejected|got|received|said|says|gave|sent back|→|->)(?: with| by| a| an| the| http| status| code| error| response| server)*[ :=(]{1,3}${STATUS}\\b(?! ?(?:ms|rows?|items?|bytes|s\\b|%))`,
    'iu',
  ),
  new RegExp(`\\b(?:[Rr]esponse|[Aa]nswer|[Rr]eply)(?: was| is|:) ${STATUS}$`, 'u'),
  new RegExp(`[([]${STATUS} (?:${REASONS.map(([, reason]) => reason).join('|')})[)\\]]`, 'iu'),
  new RegExp(`\\b${STATUS} (?:${REASONS.map(([, reason]) => reason).join('|')})\\b`, 'u'),
  new RegExp(`\\b(?<status>${OWN_STATUSES}) (?:status|error)`, 'iu'),
];
/** How clients of languages begin: `401 Incorrect API key provided`. */
const LEADING =
  /^(?<status>[45]\d\d) (?!(?:rows?|items?|files?|records?|tests?|is|are|was|were|came|of|to|and|or|expected|ms|seconds?|bytes)\b)\S/u;

/** The status that a message tells, in the places where clients put it. */
export function statusIn(message: string, byClient: boolean): number | undefined {
  const text = message.slice(0, 1_000);
  const whole = REASON.get(text.trim().toLowerCase());
  if (whole !== undefined) return byClient ? whole : undefined;
  const begins = byClient ? reasonAtStart(text) : undefined;
  if (begins !== undefined) return begins;
  const patterns = byClient ? [...GRAMMAR, LEADING] : GRAMMAR;
  const digits = patterns.map((each) => each.exec(text)?.groups?.status).find((each) => each !== undefined);
  return digits === undefined ? undefined : Number(digits);
}

/** A server's own words, alone or in the JSON of its answer: `Unauthorized: …`, `"type":"rate_limit_error"`. */
const STARTS = new RegExp(
  `^(?<reason>${REASONS.map(([, reason]) => reason).join('|')})(?:[:.,;!]|$| (?:for|to|by|-|error)\\b)`,
  'iu',
);
const TOKENS: readonly (readonly [status: number, token: RegExp])[] = [
  [401, /^(?:authentication|unauthorized|invalid_api_key|invalid_token|unauthenticated)(?:_error)?$/iu],
  [403, /^(?:permission(?:_denied)?|forbidden|access_denied)(?:_error)?$/iu],
  [
    429,
    /^(?:rate_?limit(?:ed|_exceeded|_reached)?|too_many_requests|throttled|throttling)(?:_error|_exception)?$/iu,
  ],
  [503, /^(?:overloaded|unavailable|service_unavailable|server_overloaded)(?:_error)?$/iu],
  [400, /^(?:invalid_request|bad_request|invalid_argument|validation)(?:_error)?$/iu],
];
const FIELD = /"(?:type|code|error|status|message|reason|title|detail)": ?"(?<value>[^"]{1,120})"/gu;

function reasonAtStart(text: string): number | undefined {
  const reason = STARTS.exec(text)?.groups?.reason;
  if (reason !== undefined) return REASON.get(reason.toLowerCase());
  if (!/^\s*[[{]/u.test(text)) return undefined;
  const values = [...text.matchAll(FIELD)].map(({ groups }) => groups?.value ?? '');
  return (
    values.map((value) => TOKENS.find(([, token]) => token.test(value))?.[0]).find((each) => each) ??
    values.map((value) => reasonAtStart(value)).find((each) => each)
  );
}
