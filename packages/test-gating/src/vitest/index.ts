import type { Plugin } from 'vitest/config';
import type { TestProject, Vitest } from 'vitest/node';
import { UsageError } from '../usage-error.js';
import { gateProject } from './gate-project.js';
import { LedgerReporter } from './reporter.js';
import { type DrydockOptions, openSession } from './session.js';

export type { DrydockOptions } from './session.js';

const reported = new WeakSet<Vitest>();

/**
 * Vitest plugin that makes a project offline by default: marked tests wait for a grant, each run writes a ledger.
 *
 * @throws UsageError while Vitest starts, for an unknown marker, level or a malformed setting.
 */
export function drydock(options: DrydockOptions = {}): Plugin {
  let seen = false;
  return {
    name: 'drydock',
    config(config) {
      addToInlineProjects(config.test?.projects, options);
    },
    async configureVitest({ vitest, project }) {
      seen = true;
      await gateAll(vitest, project, options);
    },
    configureServer: {
      order: 'post',
      handler(server) {
        // Vitest has set itself up by now; a root plugin whose projects bring none would gate nothing.
        if (!seen && server.config.test?.projects?.length) throw new UsageError(UNGATED_PROJECTS);
      },
    },
  };
}

const UNGATED_PROJECTS =
  'None of the projects in test.projects has the drydock() plugin. Add it to each project’s own config, or use { extends: true }.';

async function gateAll(vitest: Vitest, project: TestProject, options: DrydockOptions): Promise<void> {
  const projects = new Set([project, ...vitest.projects]);
  const sessions = [...projects].map((each) => ({ each, session: openSession(options, each.config.root) }));
  for (const { each, session } of sessions) await gateProject(each, session);
  if (reported.has(vitest)) return;
  reported.add(vitest);
  const session = openSession(options, vitest.config.root);
  (vitest.config.reporters as unknown[]).push(new LedgerReporter(session));
}

/** Projects written inline do not inherit the root's plugins unless they extend it. */
function addToInlineProjects(projects: unknown, options: DrydockOptions): void {
  if (!Array.isArray(projects)) return;
  for (const project of projects as { extends?: unknown; plugins?: unknown[] }[]) {
    if (typeof project !== 'object' || project === null || project.extends) continue;
    const plugins = (project.plugins ?? []).flat() as { name?: string }[];
    if (!plugins.some((plugin) => plugin?.name === 'drydock'))
      project.plugins = [...plugins, drydock(options)];
  }
}
