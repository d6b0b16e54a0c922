// The rooms of the workspace and what each may import. A room that is not named here may import nothing of ours,
// so a new package has to say where it belongs.
const ROOMS = {
  leaves: { path: '^packages/(redaction|resilience|network-guard|workspace)/', imports: [] },
  contracts: { path: '^packages/(storage/contract|llm/client)/', imports: ['leaves'] },
  backends: { path: '^packages/(storage|llm)/(?!contract/|client/)[^/]+/', imports: ['leaves', 'contracts'] },
  harnessParts: { path: '^packages/(triage|services)/', imports: ['leaves', 'contracts'] },
  gate: { path: '^packages/test-gating/', imports: ['leaves', 'contracts', 'harnessParts'] },
  nx: { path: '^packages/nx/', imports: ['leaves', 'gate'] },
};

const OURS = '^(packages|tools)/';
// Tests may use the harness, and a Vitest configuration has to.
const NOT_SHIPPED = '(\\.(test|fixture)\\.[cm]?tsx?|vitest\\.config\\.ts)$';

const arrows = Object.entries(ROOMS).map(([room, { path, imports }]) => ({
  name: `arrows-from-${room}`,
  comment: `${room} import only ${imports.join(', ') || 'nothing of ours'}, and themselves.`,
  severity: 'error',
  from: { path, pathNot: [NOT_SHIPPED] },
  to: { path: OURS, pathNot: [path, ...imports.map((name) => ROOMS[name].path)] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'every-package-has-a-room',
      comment: 'Name the new package in ROOMS.',
      severity: 'error',
      from: {
        path: '^packages/',
        pathNot: [NOT_SHIPPED, ...Object.values(ROOMS).map(({ path }) => path)],
      },
      to: { path: OURS },
    },
    {
      name: 'no-sibling',
      comment: 'A leaf, a contract or a backend does not know the others of its kind.',
      severity: 'error',
      from: {
        path: '^packages/((?:storage|llm)/[^/]+|redaction|resilience|network-guard|workspace)/',
        pathNot: [NOT_SHIPPED],
      },
      to: {
        path: [ROOMS.leaves.path, ROOMS.backends.path],
        pathNot: ['^packages/$1/', '^packages/redaction/', '^packages/resilience/'],
      },
    },
    {
      name: 'no-deep-import',
      comment: "Import another package by its name: its `exports` are its surface, its folders aren't.",
      severity: 'error',
      from: { path: '^((?:packages|tools)/(?:(?:storage|llm)/)?[^/]+)/' },
      to: { path: OURS, pathNot: ['^$1/'], dependencyTypes: ['local'] },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'Build first (`npm run build`): packages import each other by what is built.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
