import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { LOOPBACK, SMOKE } from '../markers/registry.js';
import type { Session } from './session.js';
import { gateGlobalSetup, narrowTestFiles } from './test-files.js';

const RUNNER = fileURLToPath(new URL('../runner/index.js', import.meta.url));
const GUARD = fileURLToPath(import.meta.resolve('@drydock/network-guard/register'));
const gated = new WeakSet<TestProject>();

/** Puts the gate in front of one Vitest project; doing it twice changes nothing, and opens no second session. */
export async function gateProject(project: TestProject, open: () => Session): Promise<void> {
  if (gated.has(project)) return;
  gated.add(project);
  const { config } = project;
  const session = open();
  const { policy } = session;
  config.exclude.push('**/dist/**');
  project.provide('drydock', policy);
  project.provide('drydockBaseRunner', config.runner && config.runner !== RUNNER ? config.runner : '');
  config.runner = RUNNER;
  config.execArgv.push('--require', GUARD);
  defineTags(project, session);
  await narrowTestFiles(project, policy);
  await gateGlobalSetup(project, policy);
  if (process.env.DRYDOCK_NAME) config.testNamePattern = new RegExp(process.env.DRYDOCK_NAME);
  if (!policy.grants.unmarked || policy.select !== undefined) config.passWithNoTests = true;
}

/** Defines every marker, and every backend needed, as a Vitest tag, so that `{ tags: ['integration'] }` needs no configuration. */
function defineTags({ config }: TestProject, { policy }: Session): void {
  const defined = new Set(config.tags.map(({ name }) => name));
  const needs = (policy.needs ?? []).map((name) => ({ name, description: `needs ${name}` }));
  for (const { name, description } of [...policy.registry.markers, LOOPBACK, SMOKE, ...needs]) {
    if (!defined.has(name)) config.tags.push({ name, description });
  }
}
