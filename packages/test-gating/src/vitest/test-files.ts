import { readFileSync } from 'node:fs';
import {
  checkFileName,
  markersOfFileName,
  mayCarryTag,
  mentionsMarker,
  moduleTags,
} from '@drydock/workspace';
import { escapePath, glob } from 'tinyglobby';
import type { TestProject } from 'vitest/node';
import { fileDecision } from '../gate/apply.js';
import type { GatePolicy } from '../gate/policy.js';
import { builtFolderOf } from '../project/built-files.js';

/** Leaves out built copies of test files, which would run twice. */
export async function leaveOutBuiltFiles(project: TestProject): Promise<void> {
  const { root, exclude } = project.config;
  // Excluded even where it does not exist yet, because files may be built while Vitest watches.
  exclude.push(`${escapePath(root)}/dist/**`);
  const built = (await listTestFiles(project)).map((path) => builtFolderOf(path, root));
  const folders = new Set(built.filter((folder) => folder !== undefined));
  exclude.push(...[...folders].map((folder) => `${escapePath(folder)}/**`));
}

/**
 * Checks the names of the test files and leaves out those that this level or selection does not concern, so that no
 * worker is spent on them.
 */
export async function narrowTestFiles(project: TestProject, policy: GatePolicy): Promise<void> {
  const concerned = await listTestFiles(project);
  for (const path of concerned) checkFileName(path, policy.registry);
  const wanted = concerned.filter((path) => isSelected(path, policy) && belongsToLevel(path, policy));
  if (wanted.length === concerned.length) return;
  const kept = new Set(wanted);
  project.config.exclude.push(...concerned.filter((path) => !kept.has(path)).map(escapePath));
}

/**
 * Keeps a project's global setup from running where it could only serve gated tests: a setup file that carries an
 * ungranted marker in its name, and every setup file of a project in which all test files are gated.
 */
export async function gateGlobalSetup(project: TestProject, policy: GatePolicy): Promise<void> {
  const isGated = (path: string) => fileDecision(path, [], policy).kind === 'gated';
  const setups = [project.config.globalSetup].flat().filter((path) => !isGated(path));
  const files = setups.length === 0 ? [] : await listTestFiles(project);
  const allGated = files.length > 0 && files.every((path) => fileIsGated(path, policy));
  project.config.globalSetup = allGated ? [] : setups;
}

/** Absolute paths of the project's test files. */
export function listTestFiles(project: TestProject): Promise<string[]> {
  const { include, exclude, dir, root } = project.config;
  return glob(include, {
    ignore: exclude,
    cwd: dir || root,
    absolute: true,
    dot: true,
    expandDirectories: false,
  });
}

/** Whether a file may hold a test that this run grants. */
export function fileIsGated(path: string, policy: GatePolicy): boolean {
  return fileDecision(path, moduleTags(readFileSync(path, 'utf8')), policy).kind === 'gated';
}

function isSelected(path: string, policy: GatePolicy): boolean {
  return (
    policy.select?.some((id) => path === id.path || path.startsWith(`${id.path.replace(/\/$/, '')}/`)) ?? true
  );
}

function belongsToLevel(path: string, { grants, registry }: GatePolicy): boolean {
  if (grants.only !== undefined && !mayCarryTag(path, readFileSync(path, 'utf8'), grants.only)) return false;
  if (grants.unmarked || markersOfFileName(path, registry).length > 0) return true;
  return mentionsMarker(readFileSync(path, 'utf8'), registry);
}
