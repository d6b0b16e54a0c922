import { join } from 'node:path';

/** A Vitest with Drydock beside it, and the Node that runs it. */
export interface Installation {
  /** Version of Vitest. */
  readonly vitest: string;
  /** Absolute path of the Node binary. */
  readonly node: string;
  /** Absolute path of the folder `node_modules` that holds both. */
  readonly modules: string;
}

/** Root of this repository. */
export const REPOSITORY = join(import.meta.dirname, '../../..');
