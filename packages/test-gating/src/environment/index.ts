export {
  discoverVariables,
  type VariableDefinition,
  type VariableOwner,
  type Variables,
  WELL_KNOWN_VARIABLES,
} from '@drydock/workspace';
export { allowStubs, type EnvironmentStubs } from './allow-stubs.js';
export {
  type LoadEnvFilesOptions,
  loadEnvFiles,
  PROCESS_ENVIRONMENT,
  type VariableProvenance,
} from './dotenv.js';
export { type EnvironmentProblem, EnvironmentUsageError } from './environment-usage-error.js';
export {
  type DroppedVariable,
  type EnvironmentGuard,
  type GuardEnvironmentOptions,
  guardEnvironment,
} from './guard-environment.js';
export { type Environment, parseEnvironment, type Setting, type Settings } from './check-environment.js';
export { compileScrubRule, type ScrubRule, scrubEnvironment } from './scrub.js';
export { UrlSetting } from './url-setting.js';
