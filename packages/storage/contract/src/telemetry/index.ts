export { type OpenTelemetryOptions, openTelemetry } from './open-telemetry.js';
export type { CallEnd, CallStart, Telemetry } from './telemetry.js';
