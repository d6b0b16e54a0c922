import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STATE_FOLDER } from '@drydock/workspace';
import { parse } from 'dotenv';
import { type Change, changeOf, readText } from './change.js';
import type { FoundVariables } from './find-variables.js';
import type { PackageManager, Survey } from './survey.js';

const WORKFLOW = '.github/workflows/drydock.yml';
const TEMPLATE = fileURLToPath(new URL('../../../assets/init/workflow.yml', import.meta.url));

/** Patterns that a repository must ignore, with the lines that already do so. */
const IGNORED: readonly (readonly [pattern: string, same: RegExp])[] = [
  [`${STATE_FOLDER}/`, /^\/?(?:\*\*\/)?\.drydock\/?$/],
  ['.env', /^\/?(?:\*\*\/)?\.env\*?$/],
  ['.env.*', /^\/?(?:\*\*\/)?\.env(?:\.?\*)$/],
  ['!.env.example', /^!\/?(?:\*\*\/)?\.env\.example$/],
];

/** Lets Git ignore what a run writes and what holds secrets. */
export function ignoreChanges(root: string): Change[] {
  const before = readText(root, '.gitignore');
  const lines = before?.split(/\r?\n/).map((line) => line.trim()) ?? [];
  const missing = IGNORED.filter(([, same]) => !lines.some((line) => same.test(line))).map(([line]) => line);
  return appended('.gitignore', before, missing);
}

/** Names every address and secret in `.env.example`, for somebody who starts. */
export function exampleChanges(root: string, { examples }: FoundVariables): Change[] {
  const before = readText(root, '.env.example');
  const known = Object.keys(parse(before ?? ''));
  const lines = Object.entries(examples)
    .filter(([name]) => !known.includes(name) && !new RegExp(`^\\s*#\\s*${name}=`, 'm').test(before ?? ''))
    // As comments: a copy of the file must not send a run to servers that are not there.
    .map(([name, example]) => `# ${name}=${example}`);
  return appended('.env.example', before, lines);
}

/** A workflow for GitHub where no other one runs the tests and no other service does. */
export function workflowChanges({ root, manager }: Survey): Change[] {
  const folder = join(root, '.github/workflows');
  const workflows = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const runsTests = workflows.some((file) => /\b(?:test|vitest|drydock)\b/.test(readFileSync(file, 'utf8')));
  const isElsewhere = ['.gitlab-ci.yml', '.circleci', 'azure-pipelines.yml', 'Jenkinsfile'].some((file) =>
    existsSync(join(root, file)),
  );
  return runsTests || isElsewhere ? [] : changeOf(WORKFLOW, readText(root, WORKFLOW), workflowFor(manager));
}

/** The workflow of a pull request with a package manager's commands; the file in `assets` is the one for npm. */
export function workflowFor({ name, setUp, installLocked, exec }: PackageManager): string {
  const commands = [...setUp, installLocked, `${exec} drydock run`].map((line) => `      - run: ${line}\n`);
  const text = readFileSync(TEMPLATE, 'utf8').replace(/(?: {6}- run: .*\n)+/, commands.join(''));
  // The cache of the others needs their programs, which come only after it.
  return name === 'npm' ? text : text.replace(/ +cache: npm\n/, '');
}

function appended(path: string, before: string | undefined, lines: readonly string[]): Change[] {
  if (lines.length === 0) return [];
  const start =
    before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}\n`;
  return changeOf(path, before, `${start}${lines.join('\n')}\n`);
}
