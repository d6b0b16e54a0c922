import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { measureDecision } from './measure-decision.js';
import { measureSuite } from './measure-suite.js';
import { whyNotMeasurable } from './processor-time.js';
import { FILES, TESTS_PER_FILE } from './suite.js';
import { decisionTable, suiteTable } from './table.js';

const USAGE = 'Usage: npm run bench [-- --pairs N]   N runs of the suite under each variant, 7 unless told';

const pairs = readPairs();
if (pairs === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await bench(pairs);
}

async function bench(pairs: number): Promise<void> {
  console.log(`\n ${machine()}\n`);
  const obstacle = whyNotMeasurable();
  if (obstacle === undefined) {
    const times = await measureSuite(pairs, (line) => console.error(` ${line}`));
    const tests = `${FILES * TESTS_PER_FILE} tests in ${FILES} files, user + sys, ${pairs} interleaved rounds`;
    console.log([` ${tests}`, ...suiteTable(times), ''].join('\n'));
  } else {
    console.log(` processor time of the suite: not measured. ${obstacle}\n`);
  }
  console.log([...decisionTable(await measureDecision()), ''].join('\n'));
  console.log(` again  npm run bench -- --pairs ${pairs}`);
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const load = platform() === 'win32' ? '' : ` · load ${loadavg()[0]?.toFixed(1)}`;
  return `Node ${process.version} · ${platform()} ${arch()} · ${availableParallelism()} × ${model}${load}`;
}

function readPairs(): number | undefined {
  try {
    const { values } = parseArgs({ options: { pairs: { type: 'string', default: '7' } } });
    const pairs = Number(values.pairs);
    return Number.isInteger(pairs) && pairs > 0 ? pairs : undefined;
  } catch {
    return undefined;
  }
}
