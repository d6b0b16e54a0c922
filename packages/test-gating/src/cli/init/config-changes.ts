import { dirname, join } from 'node:path/posix';
import { dependencyNames } from '@drydock/workspace';
import { type Change, changeOf, readText } from './change.js';
import { PLUGIN_MODULE, withPlugin } from './edit-config.js';
import type { Survey, SurveyedPackage } from './survey.js';

/** Changes to Vitest's configurations, and those that the user has to make. */
export interface ConfigChanges {
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
}

/** Gives the plugin to every configuration that Vitest loads, and makes one where there is none. */
export function configChanges(survey: Survey): ConfigChanges {
  const [root, ...members] = survey.packages;
  const configured = survey.packages.flatMap(({ config }) => (config === undefined ? [] : [config]));
  const edited = configured.map((path) => editedConfig(survey.root, path));
  const own = members.some(({ config }) => config !== undefined);
  // Vitest looks for a configuration upward, so that one at the root serves every package without its own.
  if (root.config !== undefined) return joined(edited);
  if (!own) return joined([...edited, created(survey, root, [])]);
  const without = members.filter((one) => one.hasTests && one.config === undefined && !usesOther(one));
  const projects = members
    .filter((one) => one.config !== undefined || without.includes(one))
    .map(({ folder }) => folder);
  const atRoot = survey.isNx ? [] : [created(survey, root, projects)];
  return joined([...edited, ...without.map((one) => created(survey, one, [])), ...atRoot]);
}

function editedConfig(root: string, path: string): ConfigChanges {
  const before = readText(root, path) ?? '';
  const after = withPlugin(path, before);
  if (after !== undefined) return { changes: changeOf(path, before, after), notes: [] };
  const lines = [`import { drydock } from '${PLUGIN_MODULE}';`, 'plugins: [drydock()],'];
  const note = [`Add these two lines to ${path}, which is written in a way that init does not change:`];
  return { changes: [], notes: [[...note, ...lines.map((line) => `  ${line}`)].join('\n')] };
}

function created(survey: Survey, one: SurveyedPackage, projects: readonly string[]): ConfigChanges {
  const isModule = one.manifest.type === 'module';
  const path = join(one.folder, `vitest.config.${isModule ? '' : 'm'}${survey.usesTypeScript ? 'ts' : 'js'}`);
  const options =
    projects.length === 0
      ? '{ plugins: [drydock()] }'
      : `{\n  plugins: [drydock()],\n  test: { projects: [${groups(projects, survey)
          .map((glob) => `'${glob}'`)
          .join(', ')}] },\n}`;
  const text = [
    `import { drydock } from '${PLUGIN_MODULE}';`,
    "import { defineConfig } from 'vitest/config';",
    '',
    `export default defineConfig(${options});`,
    '',
  ];
  return { changes: [{ path, before: undefined, after: text.join('\n') }], notes: [] };
}

/** `packages/*` where every package below it is one of the projects, so that the next one is too. */
function groups(projects: readonly string[], { packages }: Survey): string[] {
  const parents = [...new Set(projects.map((folder) => dirname(folder)))];
  return parents.flatMap((parent) => {
    const all = packages.filter(({ folder }) => folder !== '' && dirname(folder) === parent);
    const chosen = projects.filter((folder) => dirname(folder) === parent);
    return all.length === chosen.length && parent !== '.' ? [`${parent}/*`] : chosen;
  });
}

function usesOther({ manifest }: SurveyedPackage): boolean {
  const names = dependencyNames(manifest);
  return !names.includes('vitest') && (names.includes('jest') || names.includes('mocha'));
}

function joined(parts: readonly ConfigChanges[]): ConfigChanges {
  return { changes: parts.flatMap(({ changes }) => changes), notes: parts.flatMap(({ notes }) => notes) };
}
