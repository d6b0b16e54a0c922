import type { WorkspaceProject } from './workspace-projects.js';

/**
 * The harness and every workspace package it is built from; empty where the harness comes from a registry,
 * because then the lock file says when it changes.
 */
export function harnessProjects(
  harness: string,
  projects: readonly WorkspaceProject[],
): readonly WorkspaceProject[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const found = new Set<WorkspaceProject>();
  const visit = (name: string): void => {
    const project = byName.get(name);
    if (project === undefined || found.has(project)) return;
    found.add(project);
    project.dependencies.forEach(visit);
  };
  visit(harness);
  return [...found];
}
