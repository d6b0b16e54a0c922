import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateNodesContext, NxJsonConfiguration, ProjectConfiguration } from '@nx/devkit';
import { onTestFinished } from 'vitest';
import { createNodes } from './create-nodes.js';
import type { DrydockPluginOptions } from './options.js';
import { isTestFile } from './test-files.js';

/** Files of a made-up workspace: text, or an object that is written as JSON. */
export type Tree = Readonly<Record<string, string | object>>;

/** Writes a tree into a folder of its own, which goes when the test ends unless `atEnd` sees to it. */
export function plant(tree: Tree, atEnd: (remove: () => void) => void = onTestFinished): string {
  const root = mkdtempSync(join(tmpdir(), 'drydock nx '));
  atEnd(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

/** The projects that the plugin infers from a tree, by their folder. */
export async function infer(
  tree: Tree,
  options?: DrydockPluginOptions,
  nxJsonConfiguration: NxJsonConfiguration = {},
): Promise<Record<string, ProjectConfiguration>> {
  const workspaceRoot = plant(tree);
  const context: CreateNodesContext = { workspaceRoot, nxJsonConfiguration };
  const files = Object.keys(tree).filter(
    (path) => /(?:package|project)\.json$/.test(path) || isTestFile(path),
  );
  const results = await createNodes[1](files, options, context);
  return Object.assign({}, ...results.map(([, result]) => result.projects));
}

/** A workspace of npm packages: each folder's files, below a manifest of the folder's own name. */
export function packages(folders: Readonly<Record<string, Tree>>): Tree {
  const tree: Record<string, string | object> = { 'package.json': { workspaces: ['packages/*'] } };
  for (const [folder, files] of Object.entries(folders)) {
    tree[`packages/${folder}/package.json`] = { name: `@acme/${folder}` };
    for (const [path, content] of Object.entries(files)) tree[`packages/${folder}/${path}`] = content;
  }
  return tree;
}
