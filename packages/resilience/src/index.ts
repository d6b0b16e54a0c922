export { abandonOn, sleep } from './abandon.js';
export { Breaker, BreakerOpenError, type BreakerOptions } from './breaker.js';
export { Bulkhead } from './bulkhead.js';
export { type Clock, systemClock } from './clock.js';
export { Deadline, DeadlineExceededError, type DeadlineOptions } from './deadline.js';
export type { Endable } from './endable.js';
export {
  mayRetry,
  type Outcome,
  type RetryAttempt,
  type RetryContext,
  type RetryPolicy,
  retry,
  type Verdict,
} from './retry.js';
export { withTelemetry } from './with-telemetry.js';
