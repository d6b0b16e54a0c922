import type { Failure, LedgerTest } from './schema.js';

/** A place outside of any test to which a failure is laid. */
export interface OutsidePlace {
  /** Name of the project. */
  readonly project: string;
  /** Such as `(file)`, `(guard)`, `(service) redis`. */
  readonly name: string;
  /** Path relative to the workspace root; empty where no file is known. @default '' */
  readonly file?: string;
  readonly backend?: string;
}

/** The entry of a ledger for a failure that belongs to no test: of a file, a hook, a server, the harness. */
export function outsideFailure({ file = '', ...place }: OutsidePlace, failure: Failure): LedgerTest {
  return {
    id: file === '' ? place.name : `${file}::${place.name}`,
    ...place,
    file,
    markers: [],
    status: 'failed',
    durationMs: 0,
    failure,
  };
}
