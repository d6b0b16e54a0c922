import type { CorpusProject } from './corpus-project.fixture.js';
import type { Way } from './plant-project.js';
import type { Run } from './run-project.js';

/** What plain Vitest did, as it is kept. */
export type PlainRun = Pick<Run, 'code' | 'failed'>;

/** Exit code of `drydock` for failures of the environment alone. */
const ENVIRONMENT = 4;

/** In which ways a run with the plugin breaks the law: what plain Vitest fails must fail, be named and be told. */
export function breaches(project: CorpusProject, plain: PlainRun, way: Way, run: Run): string[] {
  const expected = expectedCode(project, plain, way);
  // A project whose verdict differs on purpose also names other failures.
  const comparable = project.code === undefined && run.failed;
  const lost = comparable ? plain.failed?.filter((name) => !comparable.includes(name)) : [];
  const untold = (project.prints ?? []).filter((text) => !run.output.includes(text));
  const rules: [boolean, string][] = [
    [plain.code !== 0 && run.code === 0, `plain Vitest ends with ${plain.code}, this run with 0`],
    [run.code === ENVIRONMENT, 'a defect ends with 4'],
    [run.code !== expected, `ends with ${run.code} instead of ${expected}`],
    [(lost?.length ?? 0) > 0, `does not fail ${lost?.join(', ')}`],
    [untold.length > 0, `does not print ${untold.join(', ')}`],
  ];
  return rules.filter(([broken]) => broken).map(([, what]) => what);
}

function expectedCode({ code, runCode, nxCode }: CorpusProject, plain: PlainRun, way: Way): number {
  const own = { plain: undefined, vitest: undefined, drydock: runCode, nx: nxCode };
  return own[way] ?? code ?? plain.code;
}
