import type { Fault } from '../errors/fault.js';
import { errorCode, propertyOf } from './error-code.js';
import { doubtful, type FaultRule, faultOf, refusal, unknownTo } from './fault-rule.js';
import { type HttpRules, httpRule } from './http-rules.js';
import { LOST, networkRule, SLOW } from './network-rules.js';

/** The client refuses its own settings. */
export const SETTINGS = refusal('the connection could not be set up; check url, apiKey and tls');

/** Another service answers at the address. */
export const alien = (service: string): FaultRule =>
  refusal(`the answer is not HTTP or not ${service}'s; check the url`);

/** Rules for errors without a code that every client has, by their name. */
const NAMES: HttpClientRules['names'] = [
  [/^TimeoutError\b/, SLOW],
  // JSON that cannot be parsed was cut off, or comes from a proxy.
  [/^SyntaxError\b/, { ...LOST, detail: 'the answer is not whole JSON; does something stand in between?' }],
];

const UNKNOWN = unknownTo('client');

/** The tables of one client that speaks HTTP; they go before the usual ones. */
export interface HttpClientRules extends HttpRules {
  /** Name of the service, as in `not Qdrant's`. */
  readonly service: string;
  /** By the `code` of the client's errors. */
  readonly codes: Readonly<Record<string, FaultRule>>;
  /** By `name: message` of errors without a code, and the code that such an error stands for. */
  readonly names: readonly (readonly [RegExp, FaultRule, code?: string])[];
}

/** The server's answer in an error of the client. */
export interface ErrorAnswer {
  /** A number where the server answered. */
  readonly status: unknown;
  /** The server's text; only compared, never shown. */
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
  const line = error instanceof Error ? `${error.name}: ${error.message}` : '';
  const [, rule = UNKNOWN, named] = [...rules.names, ...NAMES].find(([pattern]) => pattern.test(line)) ?? [];
  return { rule, ...(named !== undefined && { code: named }) };
}

/** The fault of the rule that was found; `sent` says whether there was a connection that the request was written to. */
export function httpFaultOf({ rule, code }: FoundRule, sent: boolean): Fault {
  const [, status] = /^HTTP_(\d+)$/.exec(code ?? '') ?? [];
  // A client may have gone on to another connection by itself: what happened there says nothing about the first.
  const { unsent, ...known } = rule;
  return faultOf(sent && unsent ? doubtful(known) : rule, { sent, code, status });
}

function ruleForCode(code: string, { codes, service }: HttpClientRules): FaultRule {
  const known = networkRule(code, codes);
  if (known) return known;
  return code.startsWith('HPE_') ? alien(service) : UNKNOWN;
}
