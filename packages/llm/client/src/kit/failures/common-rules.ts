import type { FailureRule, RefusalFacts } from './failure-meaning.js';

type Meaning = Omit<FailureRule, 'code' | 'status'>;

const TOO_LONG: Meaning = {
  kind: 'bad_request',
  detail: 'the conversation is too long for the model; shorten it, or choose one with a larger context',
  scope: 'provider',
};
const MODEL_GONE: Meaning = {
  kind: 'bad_request',
  detail:
    'the model does not exist for this key, or is no longer offered; list the models and choose another',
  scope: 'model',
};
const NOT_SUPPORTED: Meaning = {
  kind: 'bad_request',
  detail: 'the service does not take an option, a tool or a part of the schema that the request has',
  scope: 'provider',
};
const FILTERED: Meaning = {
  kind: 'content_filtered',
  detail: 'the prompt was refused for its content',
};

const USED_UP: Meaning = {
  kind: 'quota',
  detail: 'what the account may spend is used up; check its billing',
};

/** Codes and types that services which speak OpenAI's chat API have in common. */
const BY_CODE: readonly (readonly [codes: string, meaning: Meaning])[] = [
  ['context_length_exceeded exceed_context_size_error string_above_max_length', TOO_LONG],
  [
    'model_not_found model_decommissioned model_deprecated model_not_available unknown_model invalid_model',
    MODEL_GONE,
  ],
  [
    'unsupported_parameter unsupported_value unknown_parameter unsupported_model invalid_json_schema invalid_function_parameters not_supported_error',
    NOT_SUPPORTED,
  ],
  ['content_filter content_policy_violation moderation_blocked', FILTERED],
  ['insufficient_quota billing_hard_limit_reached billing_not_active insufficient_credits', USED_UP],
];

const FILTER_WORDS =
  /content management policy|violat[^.]{0,60}(?:content|usage) polic|content[ _](?:filter|policy)[^.]{0,40}(?:trigger|violat|flag|block)|\bwas flagged\b|flagged (?:as|by|for)\b/i;

/** Messages, which are matched and never shown, of services that name no code. */
const BY_MESSAGE: readonly (readonly [message: RegExp, meaning: Meaning])[] = [
  [
    /maximum context|context[ _-]?(?:length|window|size)|\bn_ctx\b|(?:prompt|input|conversation|request)\b[^.]{0,60}\btoo (?:long|large|many tokens)|too many (?:input )?tokens|exceeds? the maximum (?:number of|allowed) (?:input )?tokens|token count[^.]{0,60}exceeds/i,
    TOO_LONG,
  ],
  [
    /model\b[^.]{0,120}\b(?:not found|does(?: not|n't) exist|no longer|decommissioned|deprecated|retired|shut ?down|is not available)/i,
    MODEL_GONE,
  ],
  [FILTER_WORDS, FILTERED],
  [
    /not supported|unsupported|does(?: not|n't) support|unknown (?:name|field|parameter|argument)|unrecogni[sz]ed (?:field|parameter|request argument|key)|extra inputs are not permitted|response_?(?:format|schema|json_?schema)|json[ _]?schema|\bschema\b|function[ _]?declarations?|tool[ _]?choice/i,
    NOT_SUPPORTED,
  ],
];

/** Statuses of a request that the service refuses, for a reason which its code or its message says. */
const REFUSALS = [400, 404, 413, 422];
/** Statuses that say themselves what is wrong, unless a code or a filter's words say more. */
const TELLING = [402, 403, 429];

/** What a refusal means by its code or its message, whatever the service; undefined where neither is known. */
export function commonRule({ status = 0, code, message = '' }: RefusalFacts): FailureRule | undefined {
  if (![...REFUSALS, ...TELLING].includes(status)) return undefined;
  const known = code && BY_CODE.find(([codes]) => codes.split(' ').includes(code));
  if (known) return known[1];
  if (!REFUSALS.includes(status)) return FILTER_WORDS.test(message) ? FILTERED : undefined;
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
}
