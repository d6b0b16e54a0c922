import type { Fault } from '../errors/fault.js';
import { errorCode, propertyOf } from './error-code.js';
import { type FaultRule, faultOf, refusal, unknownTo } from './fault-rule.js';
import { type HttpRules, httpRule } from './http-rules.js';
import { LOST, networkRule, SLOW } from './network-rules.js';

/** The client would not even begin with what it was configured with. */
export const SETTINGS = refusal('the connection could not be set up; check url, apiKey and tls');

/** Something else answers there than the service. */
export const alien = (service: string): FaultRule =>
  refusal(`the answer is not HTTP or not ${service}'s; check the url`);

/** By name, what errors without a code are in every client. */
const NAMES: HttpClientRules['names'] = [
  [/^TimeoutError\b/, SLOW],
  // What says to be JSON and is not was cut off, or is a proxy's.
  [/^SyntaxError\b/, { ...LOST, detail: 'the answer is no whole JSON; does something stand in between?' }],
];

const UNKNOWN = unknownTo('client');

/** What a client that speaks HTTP fails with; its own tables go before the usual ones. */
export interface HttpClientRules extends HttpRules {
  /** Name of the service, as in `not Qdrant's`. */
  readonly service: string;
  /** By the `code` of the client's errors. */
  readonly codes: Readonly<Record<string, FaultRule>>;
  /** By `name: message` of errors without a code, some of which stand for one. */
  readonly names: readonly (readonly [RegExp, FaultRule, code?: string])[];
}

/** The server's answer, as an error of the client holds it. */
export interface ErrorAnswer {
  /** A number where the server answered. */
  readonly status: unknown;
  /** The server's words; only ever compared, never shown. */
  readonly text: string;
}

/** A rule and the code that it was found by. */
export interface FoundRule {
  readonly rule: FaultRule;
  readonly code?: string;
}

/** What an error of the client means: by the answer's status, else by its code, else by its name. */
export function httpClientRule(error: unknown, answer: ErrorAnswer, rules: HttpClientRules): FoundRule {
  const { status, text } = answer;
  if (typeof status === 'number') return { rule: httpRule(status, text, rules), code: `HTTP_${status}` };
  const code = errorCode(error) ?? errorCode(propertyOf(error, 'cause'));
  if (code !== undefined) return { rule: ruleForCode(code, rules), code };
  const said = error instanceof Error ? `${error.name}: ${error.message}` : '';
  const [, rule = UNKNOWN, named] = [...rules.names, ...NAMES].find(([pattern]) => pattern.test(said)) ?? [];
  return { rule, ...(named !== undefined && { code: named }) };
}

/** The fault of what was found; `sent` tells whether anything of the attempt had left. */
export function httpFaultOf({ rule, code }: FoundRule, sent: boolean): Fault {
  const [, status] = /^HTTP_(\d+)$/.exec(code ?? '') ?? [];
  return faultOf(rule, { sent, code, status });
}

function ruleForCode(code: string, { codes, service }: HttpClientRules): FaultRule {
  const known = networkRule(code, codes);
  if (known) return known;
  return code.startsWith('HPE_') ? alien(service) : UNKNOWN;
}
