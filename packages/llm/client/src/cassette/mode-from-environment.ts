import type { CassetteMode } from './cassette-fetch.js';

/**
 * `record` when `DRYDOCK_LLM_RECORD` is 1, else `replay`; a key alone never records.
 *
 * @default env `process.env`
 */
export function cassetteMode(env: NodeJS.ProcessEnv = process.env): CassetteMode {
  return env.DRYDOCK_LLM_RECORD === '1' ? 'record' : 'replay';
}
