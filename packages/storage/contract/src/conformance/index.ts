export type { CaseOptions } from './framework/index.js';
export { isStaleNamespace, newNamespace } from './namespace.js';
export type {
  ConformanceOptions,
  CreateRequest,
  FaultKit,
  Sample,
  ServerFault,
} from './options.js';
export type { Capabilities } from './run/capabilities.js';
export { type ConformanceCase, ConformanceSuite } from './run/conformance-suite.js';
export { formatMatrix } from './run/matrix.js';
export type { CaseResult, ConformanceReport } from './run/report.js';
export {
  runConformance,
  storageConformance,
  type TestContext,
  type TestFramework,
} from './storage-conformance.js';
export { rejection } from './suite.js';
