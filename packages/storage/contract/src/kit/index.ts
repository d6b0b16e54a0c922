export { ADAPTER_OPTIONS, adapterOptions } from '../calls/check-options.js';
export { DEFAULT_DEADLINES } from '../calls/default-deadlines.js';
export { invalid } from '../errors/fault-error.js';
export { foreignCursor } from '../records/cursor.js';
export { type AnyShape, PAGE, type Shape, shapeFlaw } from '../records/shape.js';
export { OptionCheck } from './check-options.js';
export { type CollectionSteps, ensureCollection } from './ensure-collection.js';
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
export { holdsLoneSurrogate } from './lone-surrogates.js';
export { LOST, networkRule, SLOW, TLS } from './network-rules.js';
export { type ProbeSteps, probeWith } from './probe.js';
export { fingerprintOf, openCursor } from './query-cursor.js';
export { readOrFault, readPage } from './read-each.js';
export { checkShape, foreignAnswer, invalidQuery, notMigrated, refused } from './refusals.js';
export { serverTimeoutMs } from './server-timeout.js';
export { storeByHalves } from './store-by-halves.js';
