export type {
  Capabilities,
  ConformanceOptions,
  CreateRequest,
  FaultKit,
  Sample,
  ServerFault,
} from './options.js';
export { storageConformance } from './storage-conformance.js';
