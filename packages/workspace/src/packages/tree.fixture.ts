import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files of a made-up workspace: text, or an object that is written as JSON. */
export type Tree = Readonly<Record<string, string | object>>;

/** Writes a workspace into a folder of its own, which goes when the test ends; returns the folder. */
export function planted(tree: Tree): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'drydock workspace ')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}
