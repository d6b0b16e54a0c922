export { type Certificates, makeCertificates } from './certificates.js';
export type {
  ExpectedFault,
  FaultProxy,
  FaultRig,
  FaultVictim,
  ServerFault,
  StorageFaultsOptions,
  TlsFaults,
  Toxic,
  Variables,
} from './options.js';
export { storageFaults } from './storage-faults.js';
export { CANARY_PAYLOAD, CANARY_SECRET } from './leak-detector.js';
