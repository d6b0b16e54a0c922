import type { TestModule } from 'vitest/node';

/**
 * Makes a test file known to Vite's module graph where it was not imported, because it is gated: Vitest's HTML reporter
 * asks for the graph of every file and breaks without an entry.
 */
export async function keepInModuleGraph({ project, moduleId }: Pick<TestModule, 'project' | 'moduleId'>) {
  const graphs = Object.values(project.vite.environments).map(({ moduleGraph }) => moduleGraph);
  if (graphs.some((graph) => graph.getModuleById(moduleId))) return;
  await project.vite.environments.ssr.moduleGraph.ensureEntryFromUrl(moduleId);
}
