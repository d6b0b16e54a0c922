import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorSeconds } from '../processor-time.js';
import { FILES, TESTS_PER_FILE } from './generated-suite.js';
import { type Variant, vitestCommand, writeProject } from './variants.js';

const VARIANTS: readonly Variant[] = ['plain', 'gate', 'guard'];
const RESULTS = 'results.json';

/** Seconds of processor time of each run, by variant; runs with the same index ran one after another. */
export type SuiteTimes = Readonly<Record<Variant, readonly number[]>>;

/**
 * Runs the suite under each variant in turn, as often as asked, after a run of each that only fills caches.
 *
 * @throws Error when a run fails or does not run every test.
 */
export async function measureSuite(pairs: number, tell: (line: string) => void): Promise<SuiteTimes> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'drydock-bench-')));
  const times: Record<Variant, number[]> = { plain: [], gate: [], guard: [] };
  try {
    for (const variant of VARIANTS) {
      mkdirSync(join(root, variant));
      writeProject(join(root, variant), variant);
      await runSuite(join(root, variant));
    }
    for (let pair = 1; pair <= pairs; pair += 1) {
      // Every other round the other way about: none of them always follows the same one.
      for (const variant of pair % 2 === 0 ? VARIANTS.toReversed() : VARIANTS) {
        times[variant].push(await runSuite(join(root, variant)));
      }
      tell(`round ${pair} of ${pairs}`);
    }
    return times;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function runSuite(folder: string): Promise<number> {
  const args = [vitestCommand(), 'run', '--reporter=json', `--outputFile=${RESULTS}`];
  const seconds = await processorSeconds(args, folder, ownEnvironment());
  const { numPassedTests } = JSON.parse(readFileSync(join(folder, RESULTS), 'utf8')) as {
    numPassedTests: number;
  };
  if (numPassedTests !== FILES * TESTS_PER_FILE)
    throw new Error(`A measured run passed ${numPassedTests} tests out of ${FILES * TESTS_PER_FILE}.`);
  return seconds;
}

/** What was asked of this process is not asked of the measured runs. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const outer = /^(DRYDOCK_|VITEST|NODE_OPTIONS$|NODE_ENV$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}
