import '@drydock/network-guard/stdio';
import { addServer } from '@drydock/network-guard';
import { UsageError } from '@drydock/workspace';
import type { Plugin } from 'vitest/config';
import type { TestProject, Vitest } from 'vitest/node';
import { dockerEngine, watchContainers } from '../endpoints/docker-servers.js';
import { openEnvironment } from '../environment/open-environment.js';
import { type AttemptLog, createAttemptLog } from '../guard/attempt-log.js';
import { RunRedactor } from '../redact/run-redactor.js';
import { EXIT } from '../report/exit-code.js';
import { writeProblemOf } from '../report/write-problem.js';
import { gateProject, isBenchmark } from './gate-project.js';
import { leaveReportsToDriver, noteReporters, noteUsage } from './github-reporter.js';
import { linkedPackages } from './installed/linked-packages.js';
import { requireOneVitest } from './installed/one-vitest.js';
import { mswHooks } from './msw-module.js';
import type { DrydockOptions } from './options.js';
import { LedgerReporter } from './reporter.js';
import { openSession } from './session.js';

export type { DrydockOptions } from './options.js';

const reported = new WeakSet<Vitest>();
const attemptLogs = new WeakMap<Vitest, AttemptLog>();
/** Number of projects that any instance of the plugin gated; a process runs one Vitest at a time. */
let gatedProjects = 0;

/**
 * Vitest plugin that makes a project offline by default: marked tests wait for a grant, each run writes a ledger.
 *
 * @throws UsageError while Vitest starts, for an unknown marker, level or a malformed setting.
 */
export function drydock(options: DrydockOptions = {}): Plugin {
  return {
    name: 'drydock',
    ...mswHooks(),
    config(config) {
      noteReporters(config.test?.reporters);
      addToInlineProjects(config.test?.projects, options);
      return { test: { server: { deps: { external: linkedPackages() } } } };
    },
    async configureVitest({ vitest, project }) {
      gatedProjects += 1;
      try {
        requireOneVitest(vitest.distPath);
        await gateAll(vitest, project, options);
      } catch (error) {
        endAsUsage(error);
      }
    },
    configureServer: {
      order: 'post',
      handler(server) {
        // Vitest has set up its projects by now; without a gated one the root's plugin would have no effect.
        const isRoot = server.config.plugins.some(({ name }) => name === 'vitest');
        if (isRoot && gatedProjects === 0) endAsUsage(new UsageError(UNGATED_PROJECTS));
      },
    },
  };
}

const STAND_IN = 'drydock:stand-in';
const UNGATED_PROJECTS =
  'None of the projects in test.projects has the drydock() plugin. Add it to each project’s own config, or use { extends: true }.';

async function gateAll(vitest: Vitest, project: TestProject, options: DrydockOptions): Promise<void> {
  // Read before the gate allows it for projects that a level or a path leaves without a file.
  const allowsNoTests = vitest.config.passWithNoTests ?? false;
  const standIn = vitest.projects.findIndex(({ name }) => name === STAND_IN);
  if (standIn !== -1) vitest.projects.splice(standIn, 1);
  const projects = new Set([project, ...vitest.projects].filter(({ name }) => name !== STAND_IN));
  const attemptLog = attemptLogOf(vitest);
  for (const each of projects)
    await gateProject(each, () => openSession(options, each.config.root, attemptLog));
  if (reported.has(vitest)) return;
  reported.add(vitest);
  // Workers must not print the guard's summary or change the exit code: this process reports their attempts.
  process.env.DRYDOCK_GUARD_SUMMARY = '0';
  const session = openSession(options, vitest.config.root, attemptLog);
  const {
    policy,
    project: { root, workspaceRoot },
    variables,
  } = session;
  const { redaction = {}, commonValues = [] } = policy;
  const folders = [workspaceRoot, root];
  const environment = openEnvironment(folders, variables, policy.scrub, process.env, redaction.names);
  const { secrets } = environment;
  // A benchmark has no result to record.
  if (isBenchmark(project)) return;
  if (!policy.scrub) watchContainers(dockerEngine(process.env), (port) => addServer(port, attemptLog.path));
  const driven = await leaveReportsToDriver(vitest, workspaceRoot);
  const redactor = new RunRedactor({ secrets, options: redaction, commonValues });
  redactor.cover(vitest);
  const reporter = new LedgerReporter(session, environment, redactor, { allowsNoTests, driven });
  (vitest.config.reporters as unknown[]).push(reporter);
}

/** Sets the exit code for wrong usage: Vitest prints the error of a plugin and ends with 1 unless a code is set. */
function endAsUsage(error: unknown): never {
  const problem = writeProblemOf(error);
  if (!(error instanceof UsageError) && problem === undefined) throw error;
  const { message } = problem ? new UsageError(problem.line) : (error as UsageError);
  process.exitCode = problem?.code ?? EXIT.usage;
  if (process.exitCode === EXIT.usage) noteUsage(message);
  // Where it was thrown says nothing to the people who made the mistake.
  throw Object.assign(new UsageError(message), { stack: `UsageError: ${message}` });
}

function attemptLogOf(vitest: Vitest): AttemptLog {
  const known = attemptLogs.get(vitest);
  if (known) return known;
  const attemptLog = createAttemptLog();
  attemptLogs.set(vitest, attemptLog);
  // On exit, because bad usage, a list of the tests and a benchmark have no reporter that removes it.
  process.once('exit', () => attemptLog.remove());
  return attemptLog;
}

/**
 * Projects do not inherit the root's plugins unless they extend it: inline ones are given the plugin here. For those
 * in files of their own a stand-in project joins, through which Vitest hands over all of them (see `gateAll`).
 */
function addToInlineProjects(projects: unknown, options: DrydockOptions): void {
  if (!Array.isArray(projects)) return;
  if (projects.some((project) => typeof project === 'string'))
    projects.push({ test: { name: STAND_IN, include: [] } });
  for (const project of projects as { extends?: unknown; plugins?: unknown[] }[]) {
    if (typeof project !== 'object' || project === null || project.extends) continue;
    const plugins = (project.plugins ?? []).flat() as { name?: string }[];
    if (!plugins.some((plugin) => plugin?.name === 'drydock'))
      project.plugins = [...plugins, drydock(options)];
  }
}
