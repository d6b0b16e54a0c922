export { type Availability, orSkip, tryAcquire } from './availability.js';
export { type Certificates, makeCertificates } from './certificates.js';
export { freshConformance } from './fresh-conformance.js';
export { CANARY_PAYLOAD, CANARY_SECRET } from './leak-detector.js';
export type {
  CrashableServer,
  ExpectedFault,
  FaultProxy,
  FaultRig,
  ServerFault,
  StorageFaultsOptions,
  TlsFaults,
  Toxic,
  Variables,
} from './options.js';
export { storageFaults } from './storage-faults.js';
