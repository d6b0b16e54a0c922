export { acquire } from './acquire.js';
export { AcquiredService } from './acquired-service.js';
export { discoverServices, ownRecords } from './discover.js';
export { discoverProviders, type ProviderRecord } from './discover-providers.js';
export type { FreshOptions, FreshPart, Migrate } from './fresh/open-fresh.js';
export { openFresh, removeFresh } from './fresh/open-fresh.js';
export type { KeptStatus, UpOptions } from './kept/up-and-down.js';
export { down, environment, status, up } from './kept/up-and-down.js';
export { isStaleNamespace, namespaceTime, runNamespace } from './namespace.js';
export { defaultCacheDir } from './packages/cache-dir.js';
export type { ProgressStream } from './progress.js';
export { terminalProgress } from './progress.js';
export type {
  AcquireOptions,
  Attempt,
  ProgressEvent,
  Service,
  ServiceRecord,
  Way,
} from './service.js';
export { WAYS } from './service.js';
export type { ServiceErrorDetails, ServiceErrorKind } from './service-error.js';
export { ServiceError } from './service-error.js';
