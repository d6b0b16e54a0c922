import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { checkCounts } from './check/check-counts.js';
import { benchFresh } from './fresh/bench-fresh.js';
import { FILES, TESTS_PER_FILE } from './guard/generated-suite.js';
import { decisionTable, suiteTable } from './guard/guard-tables.js';
import { measureDecision } from './guard/measure-decision.js';
import { measureSuite } from './guard/measure-suite.js';
import { callTable, importTable, TARGET_CALL_RATIO } from './llm/llm-tables.js';
import { measureCalls } from './llm/measure-calls.js';
import { measureImports } from './llm/measure-import.js';
import { whyNotMeasurable } from './processor-time.js';
import { benchStorage } from './storage/bench-storage.js';

const PARTS = ['guard', 'llm', 'storage', 'fresh'];
const USAGE = `Usage: npm run bench [-- --pairs N] [--only guard|llm|storage|fresh] [--quick] | --check [--record REASON]
  --pairs  runs of each variant, 7 unless told
  --only   measures what the guard costs, what the LLM client costs, what the storage adapters of the servers at
           REDIS_URL and POSTGRES_URL cost, or what a part of each configured server costs; all unless told
  --quick  the storage adapters alone, in less than two minutes
  --check  counts what calls of the storage adapters make (promises, timers, requests, bytes), without a server, and
           compares it with tools/bench/recorded-counts.json; --record writes it there, with the reason in one line`;

const request = readRequest();
if (request === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (request.check) {
  const { lines, ok } = await checkCounts(request.record);
  console.log(lines.join('\n'));
  if (!ok) process.exitCode = 1;
} else {
  console.log(`\n ${machine()}\n`);
  const isWanted = (part: string) => request.only === undefined || request.only === part;
  if (isWanted('guard')) await benchGuard(request.pairs);
  if (isWanted('llm')) await benchLlm(request.pairs);
  if (isWanted('storage')) console.log((await benchStorage(request.pairs, process.env)).join('\n'));
  if (isWanted('fresh')) console.log((await benchFresh(request.pairs, process.env)).join('\n'));
  console.log(` again  npm run bench -- --pairs ${request.pairs}`);
}

async function benchGuard(pairs: number): Promise<void> {
  const obstacle = whyNotMeasurable();
  if (obstacle === undefined) {
    const times = await measureSuite(pairs, tell);
    const tests = `${FILES * TESTS_PER_FILE} tests in ${FILES} files, user + sys, ${pairs} interleaved rounds`;
    console.log([` ${tests}`, ...suiteTable(times), ''].join('\n'));
  } else {
    console.log(` processor time of the suite: not measured. ${obstacle}\n`);
  }
  console.log([...decisionTable(await measureDecision()), ''].join('\n'));
}

async function benchLlm(pairs: number): Promise<void> {
  const { https, http, fake } = await measureCalls(pairs, tell);
  const imports = await measureImports(pairs);
  const tables = [
    callTable('a call over HTTPS to loopback', https, TARGET_CALL_RATIO),
    callTable('a call over HTTP to loopback', http),
    callTable('a call over a fake fetch', fake),
    importTable(imports),
  ];
  console.log(tables.flatMap((table) => [...table, '']).join('\n'));
}

function tell(line: string): void {
  console.error(` ${line}`);
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const load = platform() === 'win32' ? '' : ` · load ${loadavg()[0]?.toFixed(1)}`;
  return `Node ${process.version} · ${platform()} ${arch()} · ${availableParallelism()} × ${model}${load}`;
}

interface BenchRequest {
  readonly pairs: number;
  readonly only: string | undefined;
  readonly check: boolean;
  readonly record: string | undefined;
}

function readRequest(): BenchRequest | undefined {
  try {
    const options = {
      pairs: { type: 'string', default: '7' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      record: { type: 'string' },
    } as const;
    const { pairs, quick, check, ...given } = parseArgs({ options }).values;
    const { record } = given;
    if (record !== undefined && (!check || !/^\S[^\n]{9,}$/.test(record))) return undefined;
    const only = quick ? 'storage' : given.only;
    const known = only === undefined || PARTS.includes(only);
    return known && /^[1-9]\d{0,3}$/.test(pairs) ? { pairs: Number(pairs), only, check, record } : undefined;
  } catch {
    return undefined;
  }
}
