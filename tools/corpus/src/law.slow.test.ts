import { afterAll, describe, expect, test } from 'vitest';
import type { CorpusProject } from './corpus-project.fixture.js';
import {
  FETCHED,
  type Fetched,
  type Installation,
  installationOf,
  isFetched,
  ownInstallation,
} from './installation.js';
import { breachesOf, canRun, judge } from './judge.js';
import { PROJECTS } from './projects/index.fixture.js';
import { runByNx } from './run-by-nx.js';
import { runProject } from './run-project.js';

const EACH_MS = 150_000;
const FETCH = 'node tools/corpus/dist/main.js --fetch';
const own = ownInstallation();
const alone = PROJECTS.filter(({ needs }) => needs === undefined);
const everyWay = alone.filter((project) => project.everyWay);
const named = (...names: string[]) => PROJECTS.filter(({ name }) => names.includes(name));

describe.concurrent('what plain Vitest fails, fails here', () => {
  test.each(alone)('$name by vitest run', { timeout: EACH_MS }, (project) => obeys(project, 'vitest', own));

  const byRun = alone.filter(
    (project) => canRun(project, 'drydock') && (project.everyWay || project.runCode !== undefined),
  );
  test.each(byRun)('$name by drydock run', { timeout: EACH_MS }, (project) => obeys(project, 'drydock', own));
});

describe.concurrent('what plain Vitest 5 fails, fails here', () => {
  const next = FETCHED.at(-1) as Fetched;
  const installation = isFetched(next) ? installationOf(next) : undefined;
  // A copy of all packages.
  afterAll(() => installation?.remove(), 60_000);

  test.for(everyWay)('$name by vitest run', { timeout: EACH_MS }, (project, { skip }) => {
    if (!installation) return skip(`unavailable: Vitest ${next.vitest} is not here. Fetch it: ${FETCH}`);
    return obeys(project, 'vitest', installation);
  });
});

describe('what plain Vitest fails, fails in Nx', () => {
  test('each task of a workspace', { timeout: EACH_MS }, async () => {
    const found: string[] = [];
    await judge(everyWay, 'nx', own, (where, what) => found.push(`${where}: ${what}`));
    expect(found).toEqual([]);
  });

  test.each([
    ['in which nothing could run', named('all-skipped', 'gated-in-nx'), 3],
    ['in which one package has tests that run', named('all-skipped', 'gated-in-nx', 'plain-pass'), 0],
    ['in which one package has a defect', named('gated-in-nx', 'plain-pass', 'mocked-refusal'), 1],
  ])('a workspace %s', { timeout: EACH_MS }, async (_, projects, code) => {
    expect((await runByNx(projects, own)).whole).toMatchObject({ code });
  });
});

async function obeys(project: CorpusProject, way: 'vitest' | 'drydock', installation: Installation) {
  const run = await runProject(project, way, installation);
  const found = breachesOf(project, way, installation, run);
  expect(found, found.length > 0 ? run.output.slice(-4_000) : undefined).toEqual([]);
}
