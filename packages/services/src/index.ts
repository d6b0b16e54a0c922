export { acquire } from './acquire.js';
export { discoverServices } from './discover.js';
export type {
  AcquireOptions,
  Attempt,
  ProgressEvent,
  Service,
  ServiceRecord,
  VariableDefinition,
  Way,
} from './service.js';
export { WAYS } from './service.js';
export type { ServiceErrorDetails, ServiceErrorKind } from './service-error.js';
export { ServiceError } from './service-error.js';
