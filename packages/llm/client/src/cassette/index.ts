export type {
  Cassette,
  CassetteOrigin,
  Exchange,
  RecordedChunk,
  RecordedRequest,
  RecordedResponse,
} from './cassette.js';
export { CassetteError, type CassetteErrorCode } from './cassette-error.js';
export {
  type CassetteFetch,
  type CassetteMode,
  type CassetteOptions,
  cassetteFetch,
} from './cassette-fetch.js';
export { cassetteMode } from './mode-from-environment.js';
export type { Secrets } from './refuse-secrets.js';
