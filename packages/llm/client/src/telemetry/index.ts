export { type OpenTelemetryOptions, openTelemetry } from './open-telemetry.js';
export type { AttemptEnd, AttemptStart, Telemetry } from './telemetry.js';
