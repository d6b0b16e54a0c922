export { errorCode, propertyOf } from './error-code.js';
export {
  again,
  connection,
  data,
  doubtful,
  type FaultRule,
  faultOf,
  missing,
  query,
  refusal,
  timeout,
  unknownTo,
  unsent,
} from './fault-rule.js';
export {
  alien,
  type ErrorAnswer,
  type FoundRule,
  type HttpClientRules,
  httpClientRule,
  httpFaultOf,
  SETTINGS,
} from './http-client.js';
export { HTTP_RULES, type HttpRules, httpRule } from './http-rules.js';
export { LOST, networkRule, SLOW, TLS } from './network-rules.js';
