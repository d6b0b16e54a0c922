import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ledgerFile, STATE_FOLDER } from '@drydock/workspace';
import { REPOSITORY } from './workspace.fixture.js';

/** This repository as it is now, in a folder of somebody's own. */
export interface Checkout {
  readonly root: string;
  /** The last run's ledger. */
  ledger(): {
    readonly services: readonly { readonly backend: string; readonly provenance: string }[];
    readonly tests: readonly {
      readonly id: string;
      readonly project: string;
      readonly status: string;
      readonly failure?: { readonly evidence: string };
    }[];
  };
  remove(): void;
}

// What is installed is shared; what runs have written stays with whom it belongs to.
const LEFT_OUT = new Set(['node_modules', '.git', '.nx', STATE_FOLDER]);

/** Copies the repository, built as it is. */
export function checkout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'drydock-checkout-'));
  cpSync(REPOSITORY, root, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !LEFT_OUT.has(basename(path)),
  });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    root,
    ledger: () => JSON.parse(readFileSync(ledgerFile(root), 'utf8')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
