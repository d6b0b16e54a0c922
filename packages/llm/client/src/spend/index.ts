export { type Reservation, SPEND_CAP_CODE, SpendCap, type SpendCapOptions } from './spend-cap.js';
export { DEFAULT_SPEND_LIMITS, type SpendLimits, SpendUsageError } from './spend-limits.js';
