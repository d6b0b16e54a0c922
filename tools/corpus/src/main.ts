import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inTurns } from './in-turns.js';
import { type Installation, REPOSITORY } from './installation.js';
import { breaches, type PlainRun } from './law.js';
import type { Way } from './plant-project.js';
import { PROJECTS } from './projects/index.fixture.js';
import { RECORDED, recordingOf } from './recording.js';
import { runProject } from './run-project.js';

const { values, positionals } = parseArgs({
  options: {
    record: { type: 'boolean', default: false },
    verify: { type: 'boolean', default: false },
    way: { type: 'string', multiple: true, default: ['vitest', 'drydock'] },
    shown: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const installation: Installation = {
  vitest: JSON.parse(readFileSync(join(REPOSITORY, 'node_modules/vitest/package.json'), 'utf8')).version,
  node: process.execPath,
  modules: join(REPOSITORY, 'node_modules'),
};
const chosen = PROJECTS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
let faults = 0;

if (values.record || values.verify) await record();
else await judge();
process.exitCode = faults === 0 ? 0 : 1;

async function record(): Promise<void> {
  const before: Record<string, PlainRun> = recordingOf(installation.vitest);
  const now: Record<string, PlainRun> = {};
  await inTurns(chosen, async (project) => {
    const { code, failed, output } = await runProject(project, 'plain', installation);
    now[project.name] = { code, failed };
    for (const text of project.prints ?? [])
      if (!output.includes(text)) tell(project.name, `plain Vitest does not print ${text}`);
    if (values.shown) process.stdout.write(`${output}\n`);
    if (values.verify && JSON.stringify(before[project.name]) !== JSON.stringify(now[project.name]))
      tell(
        project.name,
        `was ${JSON.stringify(before[project.name])}, is ${JSON.stringify(now[project.name])}`,
      );
  });
  if (!values.record) return;
  const all = Object.entries({ ...before, ...now }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(RECORDED(installation.vitest), `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

async function judge(): Promise<void> {
  const recorded = recordingOf(installation.vitest);
  const runs = chosen.flatMap((project) => (values.way as Way[]).map((way) => ({ project, way })));
  await inTurns(runs, async ({ project, way }) => {
    const run = await runProject(project, way, installation);
    if (values.shown) process.stdout.write(`${run.output}\n`);
    const plain = recorded[project.name];
    if (!plain) return tell(project.name, 'is not recorded: npm run corpus -- --record');
    for (const what of breaches(project, plain, way, run)) tell(`${project.name} by ${way}`, what);
  });
  process.stdout.write(`${runs.length} runs, ${faults} breaches\n`);
}

function tell(where: string, what: string): void {
  faults += 1;
  process.stdout.write(`${where}: ${what}\n`);
}
