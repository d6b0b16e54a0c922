export { errorCode, propertyOf } from './error-code.js';
export {
  connection,
  data,
  type FaultRule,
  faultOf,
  query,
  refusal,
  timeout,
  unknownTo,
} from './fault-rule.js';
export { HTTP_RULES, type HttpRules, httpRule } from './http-rules.js';
export { LOST, networkRule, SLOW, TLS } from './network-rules.js';
