import type { CorpusProject } from './corpus-project.fixture.js';
import { inTurns } from './in-turns.js';
import type { Installation } from './installation.js';
import { breaches } from './law.js';
import type { Way } from './plant-project.js';
import { recordingOf } from './recording.js';
import { runByNx } from './run-by-nx.js';
import { type Run, runProject } from './run-project.js';

/** Says one breach of the law, with the project and the way it was run. */
export type Tell = (where: string, what: string) => void;

/** Runs projects one way and tells each breach of the law; returns how many runs there were. */
export async function judge(
  projects: readonly CorpusProject[],
  way: Exclude<Way, 'plain'>,
  installation: Installation,
  tell: Tell,
  show: (run: Run) => void = () => {},
): Promise<number> {
  const chosen = projects.filter((project) => canRun(project, way));
  const compare = (project: CorpusProject, run: Run) => {
    show(run);
    for (const what of breachesOf(project, way, installation, run)) tell(`${project.name} by ${way}`, what);
  };
  if (way === 'nx') {
    const { tasks } = await runByNx(chosen, installation);
    for (const project of chosen) compare(project, tasks.get(project.name) as Run);
  } else
    await inTurns(chosen, async (project) => compare(project, await runProject(project, way, installation)));
  return chosen.length;
}

/** Breaches of one run against what plain Vitest of the same version did. */
export function breachesOf(
  project: CorpusProject,
  way: Way,
  { vitest }: Installation,
  run: Run,
): readonly string[] {
  const plain = recordingOf(vitest)[project.name];
  if (!plain) return [`is not recorded for Vitest ${vitest}: npm run corpus -- --record`];
  return breaches(project, plain, way, run);
}

/** Whether a project can be run one way: Nx hands arguments to every package, and `drydock` only runs tests once. */
export function canRun({ args, command, everyWay }: CorpusProject, way: Way): boolean {
  if (way === 'nx') return everyWay === true && args === undefined;
  return way !== 'drydock' || command === undefined;
}
