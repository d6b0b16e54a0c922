import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { reportPage, UsageError } from '@drydock/workspace';
import { EXIT } from '../../report/exit-code.js';
import { drydockCommand } from '../../report/outcome.js';
import { DEMO_PROJECT, DEMO_TEXT } from './demo-project.js';

const PACKAGE = fileURLToPath(new URL('../../..', import.meta.url));
/** Variables that would grant or select something else than the demo tells of. */
const SELECTS = /^DRYDOCK_(?:RUN|LEVEL|EXPRESSION|NAME|SELECT|ALLOW_HOSTS)$/;

/**
 * Writes a small project into a temporary folder, runs its tests and shows the page. Returns 0 where the run came out as
 * told: its failures are the point.
 *
 * @throws UsageError where Vitest is not installed.
 */
export async function demo(): Promise<number> {
  const folder = writeProject();
  process.stdout.write(`\n ${folder}\n\n${DEMO_TEXT}\n`);
  const child = spawn(process.execPath, [join(PACKAGE, 'bin/drydock.js'), 'run'], {
    cwd: folder,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !SELECTS.test(name))),
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== EXIT.harness) return code || EXIT.mechanism;
  process.stdout.write(`\n Next, in that folder: ${drydockCommand('run --failed')}\n`);
  if (process.stdout.isTTY && !process.env.CI) {
    const { default: open } = await import('open');
    await open(pathToFileURL(reportPage(folder)).href);
  }
  return EXIT.ok;
}

/** The folder has links to the packages that this command itself runs with, so that nothing is installed. */
function writeProject(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'drydock-demo-')));
  for (const [path, text] of Object.entries(DEMO_PROJECT)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@drydock'), { recursive: true });
  symlinkSync(vitestFolder(), join(modules, 'vitest'), 'junction');
  symlinkSync(realpathSync(PACKAGE), join(modules, '@drydock/test-gating'), 'junction');
  // For the commands that the summary names.
  mkdirSync(join(modules, '.bin'));
  symlinkSync(join(PACKAGE, 'bin/drydock.js'), join(modules, '.bin/drydock'), 'file');
  return folder;
}

function vitestFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
  } catch {
    throw new UsageError('The demo needs Vitest: npm install --save-dev vitest @drydock/test-gating.');
  }
}
