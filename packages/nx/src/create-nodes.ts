import { createRegistry, findProject } from '@drydock/workspace';
import type { CreateNodes, CreateNodesContext, ProjectConfiguration } from '@nx/devkit';
import { cacheInputs } from './cache-inputs.js';
import { harnessProjects } from './harness.js';
import { levelTargets } from './level-targets.js';
import { endpointLevels, levelsOfProject, levelTags } from './levels.js';
import { type DrydockPluginOptions, type ResolvedOptions, resolveOptions } from './options.js';
import { collectedFiles, INFERRED_GLOBS, isTestFile, tagsOfFiles } from './test-files.js';
import { typescriptTargets } from './typescript-targets.js';
import { owningProject, type WorkspaceProject, workspaceProjects } from './workspace-projects.js';

// Nx hands over what its own index holds, so ignored files are out and no second walk is needed.
const FILES = `{${['package.json', '**/package.json', 'project.json', '**/project.json', ...INFERRED_GLOBS].join(',')}}`;

/**
 * Infers `build`, `typecheck` and one target for each level from the tree: from manifests, file suffixes and the
 * markers that test files name. No configuration and no test file is executed.
 */
export const createNodes: CreateNodes<DrydockPluginOptions> = [
  FILES,
  (files, options, context) => inferProjects(files, options, context),
];

async function inferProjects(
  files: readonly string[],
  given: DrydockPluginOptions | undefined,
  context: CreateNodesContext,
) {
  const { workspaceRoot, nxJsonConfiguration } = context;
  const options = resolveOptions(given);
  const registry = registryOf(workspaceRoot, options);
  const projects = workspaceProjects(
    workspaceRoot,
    files.filter((file) => !isTestFile(file)),
  );
  const harness = harnessProjects(options.harness, projects).map(({ name }) => name);
  const inputs = cacheInputs(options, harness, nxJsonConfiguration.namedInputs);
  const known = [...registry.markers.map(({ name }) => name), ...levelTags(registry)];
  const tests = files.filter(isTestFile).map((file) => ({ file, owner: owningProject(file, projects) }));

  const nodeOf = async (project: WorkspaceProject) => {
    const compile = options.typescript ? typescriptTargets(workspaceRoot, project.root) : {};
    const own = tests.filter(({ owner }) => owner === project).map(({ file }) => file);
    const testFiles = collectedFiles(workspaceRoot, project.root, own);
    const tags = await tagsOfFiles(workspaceRoot, testFiles, known);
    const tested = testFiles.length === 0 ? [] : levelsOfProject(tags, registry);
    const run = levelTargets(tested, project.hasEndpoint ? endpointLevels(registry) : [], {
      projectName: project.name,
      options,
      registry,
      inputs,
      dependsOn: prerequisites('build' in compile, harness),
    });
    return node(project, { ...compile, ...run });
  };
  return Promise.all(projects.map(nodeOf));
}

function registryOf(workspaceRoot: string, { markers, levels }: ResolvedOptions) {
  const { field } = findProject(workspaceRoot);
  return createRegistry({
    markers: [...(field.markers ?? []), ...markers],
    levels: [...(field.levels ?? []), ...levels],
  });
}

function prerequisites(compiled: boolean, harness: readonly string[]) {
  return [
    '^build',
    ...(compiled ? ['build'] : []),
    ...(harness.length === 0 ? [] : [{ projects: [...harness], target: 'build' }]),
  ];
}

function node(project: WorkspaceProject, targets: NonNullable<ProjectConfiguration['targets']>) {
  return [project.configFile, { projects: { [project.root]: { root: project.root, targets } } }] as const;
}
