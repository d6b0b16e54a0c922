import { fileURLToPath } from 'node:url';
import { readPackageJson, UsageError } from '@drydock/workspace';
import { type Change, changeOf, type InitPlan, indentOf, readText } from './change.js';
import { configChanges } from './config-changes.js';
import { withAdditions } from './edit-manifest.js';
import { findVariables } from './find-variables.js';
import { type Survey, surveyWorkspace } from './survey.js';
import { exampleChanges, ignoreChanges, workflowChanges } from './text-files.js';

const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url));
/** First version of Vitest that has tags and the hooks that the plugin needs. */
const OLDEST: readonly [major: number, minor: number] = [4, 1];

/** What a project without Vitest can use. */
const WITHOUT_VITEST = [
  'What works without it:',
  '  the guard     node --require @drydock/network-guard/register node_modules/jest/bin/jest.js: no test reaches the network (mocha/bin/mocha.js, node --test alike)',
  '  triage        drydock triage REPORT: whose fault each failure is, from JUnit XML or JSON of any runner',
  'Both run in CommonJS and in ES modules. Levels, the gate and the ledger need Vitest 4.1 or newer.',
].join('\n');

/**
 * Plans what a workspace needs to run its tests offline by default; writes nothing.
 *
 * @throws UsageError for a workspace without Vitest 4.1 or newer, with what it can do instead.
 */
export function planInit(root: string): InitPlan {
  const survey = surveyWorkspace(root);
  checkRunner(survey);
  const variables = findVariables(root);
  const configs = configChanges(survey);
  const version = `^${readPackageJson(PACKAGE).version}`;
  const harness = { '@drydock/test-gating': version, ...(survey.isNx && { '@drydock/nx': version }) };
  const manifest = readText(root, 'package.json') ?? '{}\n';
  const additions = { devDependencies: harness, addresses: variables.undeclared };
  const changes = [
    ...configs.changes,
    ...changeOf('package.json', manifest, withAdditions(manifest, additions)),
    ...(survey.isNx ? nxChanges(root) : []),
    ...ignoreChanges(root),
    ...exampleChanges(root, variables),
    ...workflowChanges(survey),
  ];
  return { changes, notes: [...configs.notes, ...remarks(survey)], next: nextSteps(survey) };
}

function checkRunner({ vitest, otherRunners, manager }: Survey): void {
  if (vitest === undefined) {
    const other =
      otherRunners.length > 0 ? `The tests run with ${otherRunners.join(' and ')}` : 'No test runner is here';
    throw new UsageError(
      `${other}, and the plugin is for Vitest. To add it: ${manager.add} vitest\n${WITHOUT_VITEST}`,
    );
  }
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(vitest) ?? []).map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  // A range such as `^4.0.0` or `latest` does not say what will be installed.
  if (major > 0 && isOld && /^\d/.test(vitest))
    throw new UsageError(
      `Vitest ${vitest} is here; the plugin needs ${OLDEST.join('.')} or newer. Update it first.\n${WITHOUT_VITEST}`,
    );
}

function nxChanges(root: string): Change[] {
  const before = readText(root, 'nx.json') ?? '{}\n';
  const { plugins = [], ...rest } = JSON.parse(before) as { plugins?: (string | { plugin: string })[] };
  if (plugins.some((one) => (typeof one === 'string' ? one : one.plugin) === '@drydock/nx')) return [];
  // A workspace that starts with Drydock has its own `build` already.
  const added = { plugin: '@drydock/nx', options: { typescript: false } };
  const after = { ...rest, plugins: [...plugins, added] };
  return changeOf('nx.json', before, `${JSON.stringify(after, null, indentOf(before))}\n`);
}

function remarks({ otherRunners, packages }: Survey): string[] {
  const { type } = packages[0].manifest;
  return [
    ...(otherRunners.length > 0
      ? [
          `The tests of ${otherRunners.join(' and ')} stay as they are; @drydock/network-guard keeps those offline too.`,
        ]
      : []),
    ...(type === 'module'
      ? []
      : [
          'This project is CommonJS; its tests stay so. Drydock is ES modules only: Node 20.19 and newer load it by require() too.',
        ]),
  ];
}

function nextSteps({ manager, packages }: Survey): string[] {
  const { scripts = {} } = packages[0].manifest;
  const isKept = scripts.test !== undefined && !/vitest|drydock|no test specified/.test(scripts.test);
  return [
    `install      ${manager.install}`,
    `run          ${manager.run} ${isKept ? 'test:offline' : 'test'}`,
    `with servers name the file x.integration.test.ts, then: ${manager.run} test:integration`,
  ];
}
