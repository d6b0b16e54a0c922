import { fileURLToPath } from 'node:url';
import { LOOPBACK, SMOKE } from '@drydock/workspace';
import { escapePath } from 'tinyglobby';
import type { TestProject } from 'vitest/node';
import type { GatePolicy } from '../gate/policy.js';
import { namePattern } from '../markers/name-pattern.js';
import type { Session } from './session.js';
import {
  fileIsGated,
  gateGlobalSetup,
  leaveOutBuiltFiles,
  listTestFiles,
  narrowTestFiles,
} from './test-files.js';

const RUNNER = fileURLToPath(new URL('../runner/index.js', import.meta.url));
const GUARD = fileURLToPath(import.meta.resolve('@drydock/network-guard/register'));
const gated = new WeakSet<TestProject>();

/** Installs the gate in a Vitest project; a second call changes nothing. */
export async function gateProject(project: TestProject, open: () => Session): Promise<void> {
  if (gated.has(project)) return;
  gated.add(project);
  const { config } = project;
  const session = open();
  const { policy } = session;
  await leaveOutBuiltFiles(project);
  if (isBenchmark(project)) return gateBenchmarks(project, policy);
  project.provide('drydock', { ...policy, allowsNoTests: config.passWithNoTests ?? false });
  project.provide('drydockBaseRunner', config.runner && config.runner !== RUNNER ? config.runner : '');
  config.runner = RUNNER;
  config.execArgv.push('--require', GUARD);
  // Vitest opens the port that `--inspect` asks for in the worker, before any test; read there by the guard alone.
  if (config.inspector?.enabled) process.env.DRYDOCK_GUARD_DEBUGGER = '1';
  defineTags(project, session);
  await narrowTestFiles(project, policy);
  await gateGlobalSetup(project, policy);
  const { DRYDOCK_NAME: name } = process.env;
  if (name) config.testNamePattern = namePattern(name, 'DRYDOCK_NAME');
  if (!policy.grants.unmarked || policy.select !== undefined) config.passWithNoTests = true;
}

/** Whether a Vitest project has the gate. */
export function isGated(project: TestProject): boolean {
  return gated.has(project) || project.config.runner === RUNNER;
}

/** Whether this is `vitest bench` of Vitest 4, whose benchmarks need a runner of their own; those of Vitest 5 are tests. */
export function isBenchmark({ config }: TestProject): boolean {
  return (config.mode as string) === 'benchmark';
}

/** Benchmarks carry no tags, so that only whole files can be gated. */
async function gateBenchmarks(project: TestProject, policy: GatePolicy): Promise<void> {
  const files = await listTestFiles(project);
  project.config.exclude.push(...files.filter((path) => fileIsGated(path, policy)).map(escapePath));
  if (policy.scrub) project.config.execArgv.push('--require', GUARD);
}

/** Defines every marker, and every backend needed, as a Vitest tag, so that `{ tags: ['integration'] }` needs no configuration. */
function defineTags({ config }: TestProject, { policy }: Session): void {
  const defined = new Set(config.tags.map(({ name }) => name));
  const needs = (policy.needs ?? []).map((name) => ({ name, description: `needs ${name}` }));
  for (const { name, description } of [...policy.registry.markers, LOOPBACK, SMOKE, ...needs]) {
    if (!defined.has(name)) config.tags.push({ name, description });
  }
}
