import { fileURLToPath } from 'node:url';
import { readCassette } from './cassette-file.js';
import { play } from './play.js';
import { record } from './record.js';
import type { Secrets } from './refuse-secrets.js';

/** What a cassette's fetch does. */
export type CassetteMode = 'replay' | 'record';

/** How a cassette is played or recorded. */
export interface CassetteOptions {
  /** The cassette's file. */
  readonly file: string | URL;
  /** `replay` answers from the file and never sends; `record` sends and writes. @default 'replay' */
  readonly mode?: CassetteMode | undefined;
  /** Keys in use, by their variables' names; a recording needs one, and is refused when it would hold one. */
  readonly secrets?: Secrets | undefined;
  /** What a recording sends with. @default the global fetch */
  readonly fetch?: typeof fetch | undefined;
  /** Response headers kept beside `content-type` and `retry-after`, in lower case. @default [] */
  readonly headers?: readonly string[] | undefined;
  /** Lets exchanges be left over at the end of a replay. @default false */
  readonly allowUnused?: boolean | undefined;
}

/** A fetch that plays or records a cassette; close it when the last call has settled. */
export type CassetteFetch = typeof fetch & {
  /**
   * Ends a replay, or writes a recording.
   *
   * A replay fails again for the first request that had no answer, since a provider may have made that an error of its own.
   *
   * @throws CassetteError `CASSETTE_MISS`, `CASSETTE_UNUSED`, `CASSETTE_INCOMPLETE` or `CASSETTE_SECRET`.
   */
  close(): void;
};

/**
 * A fetch that answers from a file, or records one.
 *
 * Requests match by method, path and canonical body, each exchange once, in the order of recording.
 *
 * @throws CassetteError `CASSETTE_UNREADABLE` for a replay without a cassette, `CASSETTE_NO_KEY` for a recording without a key.
 */
export function cassetteFetch(options: CassetteOptions): CassetteFetch {
  const file = options.file instanceof URL ? fileURLToPath(options.file) : options.file;
  const secrets = options.secrets ?? {};
  const { fetch, close } =
    options.mode === 'record'
      ? record({ file, secrets, send: options.fetch ?? globalThis.fetch, headers: options.headers ?? [] })
      : play(readCassette(file), { file, secrets, allowUnused: options.allowUnused ?? false });
  return Object.assign(fetch, { close });
}
