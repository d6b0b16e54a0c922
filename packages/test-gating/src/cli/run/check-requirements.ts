import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { nearest, type Registry, UsageError } from '@drydock/workspace';
import { visiblePackages } from '@drydock/workspace/visible-packages';
import { isNamed, isNameTemplate } from '../../gate/node-id.js';
import { declaredTests } from '../explain/declared-tests.js';
import type { RunRequest } from '../request/run-request.js';
import { testFilesOf } from '../request/test-files-of.js';

/** What running code replaces in a name: `%i`, `$name`, `${…}`. */
const PLACEHOLDER = /%[a-z#]|\$\{[^}]*\}|\$[\w.]+|…/g;

type Requirements = Pick<RunRequest, 'require' | 'workspaceRoot' | 'registry'>;

/**
 * Checks the words of `--require` before anything runs: a misspelt one could never be met.
 *
 * @throws UsageError that names the word and the nearest known one.
 */
export async function checkRequirements(request: Requirements & RunRequest): Promise<void> {
  const { require, workspaceRoot, registry } = request;
  const words = require.flatMap((word) => word.split(','));
  // Reads the installed packages and the test files, which a run without this flag does not need.
  const short = words.length === 0 ? [] : shortNames(workspaceRoot, registry);
  const others = words.filter((word) => !short.includes(word));
  if (others.length === 0) return;
  const files = await testFilesOf({ ...request, select: [] });
  for (const word of others) {
    const problem = problemOf(word, files, short, request);
    if (problem !== undefined) throw new UsageError(`--require ${word}: ${problem}`);
  }
}

function shortNames(workspaceRoot: string, registry: Registry): string[] {
  const packages = visiblePackages(workspaceRoot);
  const names = packages.flatMap(({ field }) => field.backend ?? field.provider ?? []);
  return ['all', ...registry.markers.map(({ name }) => name), ...names];
}

function problemOf(
  word: string,
  files: readonly string[],
  short: readonly string[],
  { workspaceRoot, registry }: Requirements,
): string | undefined {
  const [path = '', ...names] = word.split('::');
  const isPath = names.length > 0 || /[\\/]|\.[cm]?[jt]sx?$/.test(path);
  const own = isPath ? [join(workspaceRoot, path)] : files;
  if (isPath && !existsSync(join(workspaceRoot, path))) {
    const known = files.map((file) => relative(workspaceRoot, file).replaceAll('\\', '/'));
    return `there is no such file.${guessOf(path, known)}`;
  }
  if (isPath && names.length === 0) return undefined;
  const wanted = isPath ? names.join(' > ') : word;
  const declared = own.flatMap((file) => declaredTests('', readFileSync(file, 'utf8'), registry));
  const all = declared.map(({ name }) => name);
  if (all.some((name) => isNamed(name, wanted) || mayBecome(name, wanted))) return undefined;
  const guess = guessOf(wanted, [
    ...(isPath ? [] : short),
    ...all.flatMap((name) => [name, ...name.split(' > ')]),
  ]);
  return `no marker, backend or test has this name.${guess || ' npx --no-install drydock explain lists the tests.'}`;
}

/** Whether a name that only running code completes may turn out to be this one: `adds %i` may be `adds 1`. */
function mayBecome(template: string, wanted: string): boolean {
  if (!isNameTemplate(template)) return false;
  const parts = template.split(PLACEHOLDER).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return template.includes('while it runs') || new RegExp(`(?:^| > )${parts.join('.*')}$`, 's').test(wanted);
}

function guessOf(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === undefined ? '' : ` Did you mean '${guess}'?`;
}
