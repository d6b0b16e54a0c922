export { isStaleNamespace, newNamespace } from './namespace.js';
export type {
  Capabilities,
  ConformanceOptions,
  CreateRequest,
  FaultKit,
  Sample,
  ServerFault,
} from './options.js';
export { storageConformance } from './storage-conformance.js';
export { rejection } from './suite.js';
