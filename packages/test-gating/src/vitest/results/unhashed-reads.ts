import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectInfo } from '@drydock/workspace';
import type { TestModule } from 'vitest/node';
import { readsOf } from '../../gate/policy.js';
import { outsideFailure } from '../../ledger/outside-failure.js';
import type { LedgerTest, UnhashedRead } from '../../ledger/schema.js';

/** Variables that the project's own files read and that nothing tells Nx to hash: its cache may answer with a stale pass. */
export function unhashedReads(
  modules: readonly Pick<TestModule, 'meta'>[],
  { root, workspaceRoot }: Pick<ProjectInfo, 'root' | 'workspaceRoot'>,
): UnhashedRead[] {
  const reads = new Map(
    modules.flatMap((module) => readsOf(module.meta())).map((read) => [read.name, read.frame]),
  );
  if (reads.size === 0) return [];
  const files = [join(workspaceRoot, 'nx.json'), join(root, 'package.json'), join(root, 'project.json')];
  const hashed = new Set(files.flatMap((path) => environmentInputs(readJson(path))));
  const place = (frame: string) =>
    frame
      .replace(/^.*\((.*)\)$/, '$1')
      .replace(/^file:\/\//, '')
      .replace(`${workspaceRoot}/`, '');
  return [...reads]
    .filter(([name]) => !hashed.has(name))
    .map(([name, frame]) => ({ name, at: place(frame) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** One failure for all of them, where the project asks for it. */
export function unhashedFailure(reads: readonly UnhashedRead[], project: string): LedgerTest {
  const names = reads.map(({ name }) => name);
  return outsideFailure(
    { project, name: '(environment)' },
    {
      class: 'harness',
      subclass: 'unhashed-variable',
      confidence: 0.99,
      code: 'ERR_DRYDOCK_UNHASHED',
      evidence: `Tests read ${reads.map(({ name, at }) => `${name} (${at})`).join(', ')}, which Nx does not hash.`,
      remedy: `Add to nx.json: ${lineToAdd(names)}`,
    },
  );
}

/** Lines for people: what was read, and the line to paste. */
export function unhashedLines(reads: readonly UnhashedRead[]): string[] {
  if (reads.length === 0) return [];
  return [
    ' Read by tests and not hashed by Nx, so that a cached result may be stale:',
    ...reads.map(({ name, at }) => `   ${name}  ${at}`),
    ` Add to nx.json: ${lineToAdd(reads.map(({ name }) => name))}`,
  ];
}

function lineToAdd(names: readonly string[]): string {
  return `"plugins": [{ "plugin": "@drydock/nx", "options": { "env": ${JSON.stringify([...new Set(names)])} } }]`;
}

/** Names in `{ "env": "NAME" }` of any list of inputs, and in a plugin's `"env": ["NAME"]`. */
function environmentInputs(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(environmentInputs);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'env' && (typeof inner === 'string' || Array.isArray(inner))
      ? [inner].flat()
      : environmentInputs(inner),
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
