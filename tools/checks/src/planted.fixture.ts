import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readWorkspace, type Workspace } from './workspace.js';

/** Files of a made-up workspace: text, or an object that is written as JSON. */
export type Tree = Readonly<Record<string, string | object>>;

/** A workspace of these files in a folder of its own, which goes when the test ends. */
export function planted(tree: Tree): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'drydock-checks-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readWorkspace(root, Object.keys(tree));
}
