import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inTurns } from './in-turns.js';
import {
  FETCHED,
  type Fetched,
  fetch,
  type Installation,
  installationOf,
  ownInstallation,
} from './installation.js';
import { judge } from './judge.js';
import type { PlainRun } from './law.js';
import type { Way } from './plant-project.js';
import { PROJECTS } from './projects/index.fixture.js';
import { RECORDED, recordingOf } from './recording.js';
import { type Run, runProject } from './run-project.js';

const { values, positionals } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    fetch: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    verify: { type: 'boolean', default: false },
    vitest: { type: 'string', default: 'own' },
    way: { type: 'string', multiple: true, default: ['vitest', 'drydock', 'nx'] },
    shown: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
/** Exit code where something that is no part of the projects is missing, as `drydock` has it. */
const ENVIRONMENT = 4;
let faults = 0;

try {
  await main();
} catch (error) {
  process.stderr.write(`unavailable: ${(error as Error).message}\n`);
  process.exitCode = ENVIRONMENT;
}

async function main(): Promise<void> {
  if (values.fetch) return FETCHED.forEach(fetch);
  const installations = values.all ? FETCHED.map(fetched) : [chosenInstallation()];
  for (const [index, installation] of installations.entries()) {
    if (values.record || values.verify) await record(installation);
    // The next Vitest is a matter of the plugin alone; what `drydock` and Nx make of it is the same.
    else await judgeWays(installation, values.all && index > 0 ? ['vitest'] : (values.way as Way[]));
    installation.remove();
  }
  process.exitCode = faults === 0 ? 0 : 1;
}

function chosenInstallation(): Installation {
  if (values.vitest === 'own') return ownInstallation();
  const wanted = FETCHED.find(({ vitest }) => vitest.startsWith(values.vitest));
  if (!wanted) throw new Error(`no Vitest ${values.vitest}; known: ${FETCHED.map(({ vitest }) => vitest)}`);
  return fetched(wanted);
}

function fetched(wanted: Fetched): Installation {
  fetch(wanted);
  return installationOf(wanted);
}

async function judgeWays(installation: Installation, ways: readonly Way[]): Promise<void> {
  const projects = chosen(installation);
  for (const way of ways) {
    const before = faults;
    const runs = await judge(projects, way as Exclude<Way, 'plain'>, installation, tell, show);
    const where = `Vitest ${installation.vitest} by ${way}`;
    process.stdout.write(`${where}: ${runs} runs, ${faults - before} breaches\n`);
  }
}

async function record(installation: Installation): Promise<void> {
  const before: Record<string, PlainRun> = recordingOf(installation.vitest);
  const now: Record<string, PlainRun> = {};
  await inTurns(chosen(installation), async (project) => {
    const run = await runProject(project, 'plain', installation);
    show(run);
    const { code, failed, output } = run;
    now[project.name] = { code, failed };
    for (const text of project.prints ?? [])
      if (!output.includes(text))
        process.stdout.write(`${project.name}: plain Vitest does not print ${text}\n`);
    const [was, is] = [before[project.name], now[project.name]].map((each) => JSON.stringify(each));
    if (values.verify && was !== is) tell(project.name, `was ${was}, is ${is}`);
  });
  if (values.verify) return;
  const all = Object.entries({ ...before, ...now }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(RECORDED(installation.vitest), `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

function chosen({ vitest, modules }: Installation) {
  const named = PROJECTS.filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  const left = named.filter(({ needs }) => needs && !existsSync(join(modules, needs)));
  for (const { name, needs } of left)
    process.stdout.write(`${name}: left out, ${needs} is not beside Vitest ${vitest}; --all has it\n`);
  return named.filter((project) => !left.includes(project));
}

function show({ output }: Run): void {
  if (values.shown) process.stdout.write(`${output}\n`);
}

function tell(where: string, what: string): void {
  faults += 1;
  process.stdout.write(`${where}: ${what}\n`);
}
