export { discoverVariables } from './discover-variables.js';
export {
  checkOwnServices,
  type DrydockField,
  readField,
  type SchemeTls,
  type TlsMode,
} from './field/drydock-field.js';
export {
  addressVariableOf,
  type OwnService,
  type OwnServices,
  variablesOfServices,
} from './field/own-service.js';
export type { ProviderProbe } from './field/provider.js';
export {
  checkFileName,
  markersOfFileName,
  mayCarryTag,
  mayTakeTags,
  mentionsMarker,
  moduleTags,
  namesTag,
  partsOfName,
} from './file-markers.js';
export { hostPort } from './host-port.js';
export { misspelt, nearest, suggestion } from './nearest.js';
export { dependencyNames, type PackageJson, readPackageJson } from './packages/package-json.js';
export { findProject, isNxWorkspace, type ProjectInfo, packageFolder } from './packages/project.js';
export type { Level, Marker, Registry, Scope } from './registry.js';
export {
  CONNECTIVITY,
  createRegistry,
  flagOf,
  LOOPBACK,
  nxCommandOf,
  SMOKE,
  targetOf,
  widestScope,
  withImplied,
} from './registry.js';
export {
  historyFolder,
  LEDGER,
  learnFile,
  ledgerFile,
  ledgerInRun,
  machineOutputFile,
  nxLog,
  progressFile,
  projectFolder,
  projectLedgerFile,
  REPORT_PAGE,
  reportPage,
  runsFolder,
  STATE_FOLDER,
  serviceStateFolder,
  spendFile,
  stateFolder,
  usageFile,
} from './state-folder.js';
export { TEST_FILE, TEST_FILE_GLOBS } from './test-files.js';
export { UsageError } from './usage-error.js';
export { holdsAddresses, type VariableDefinition, type Variables } from './variables.js';
export { WELL_KNOWN_SCHEMES, WELL_KNOWN_VARIABLES } from './well-known-variables.js';
