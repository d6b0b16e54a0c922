import { fileURLToPath } from 'node:url';
import {
  createRegistry,
  findProject,
  isNxWorkspace,
  type Registry,
  readPackageJson,
} from '@drydock/workspace';
import { Command } from 'commander';
import { triageRulesOf } from '../project/triage-rules.js';
import type { InitFlags } from './init/init.js';
import type { ReportFlags } from './report.js';
import { withFailedTests } from './request/failed-tests.js';
import { addRunFlags, addSelectionFlags, readFlags } from './request/run-flags.js';
import { resolveRun } from './request/run-request.js';
import { run } from './run/run.js';

/** Flags of `drydock triage`. */
interface TriageFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly junit?: string;
  readonly explain?: string;
}

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLES = `
Examples:
  drydock init                             set a project up
  drydock run                              everything that needs nothing
  drydock run src/price.test.ts            one file
  drydock run --failed                     what failed last
  drydock run --watch                      again whenever a file changes
  drydock run --level integration          the tests that need servers
  drydock run PATH -- --inspect-brk        arguments after -- go to Vitest
  drydock explain --run-integration        what would run, and why not the rest
  drydock doctor                           which servers answer, and from where each address comes`;

/** Builds the `drydock` command, with a `--run-…` flag for each marker of the workspace. */
export function createProgram(cwd: string, exit: (code: number) => void): Command {
  const { workspaceRoot, field } = findProject(cwd);
  const registry = createRegistry({
    markers: field.markers ?? [],
    levels: field.levels ?? [],
    inNx: isNxWorkspace(workspaceRoot),
  });
  const program = new Command('drydock')
    .description('Tests that are offline by default.')
    .version(readPackageJson(PACKAGE).version ?? '', '-V, --version', 'print the version')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .showHelpAfterError('(drydock --help lists the commands; drydock run --help the flags)');
  const context = { cwd, workspaceRoot, registry, env: process.env };

  runCommand(program, registry).action(
    async (targets: string[], options: Record<string, unknown>, command: Command) => {
      const { paths, vitestArgs } = splitArguments(targets, command);
      triageRulesOf(field);
      const request = resolveRun(paths, vitestArgs, readFlags(options, registry), context);
      exit(await run(withFailedTests(request)));
    },
  );

  program
    .command('init')
    .description(
      'sets a project up: plugin, scripts, .env.example, .gitignore and a workflow; asks before it writes',
    )
    .option('--yes', 'write without a question')
    .option('--dry-run', 'only show what would be written')
    .action(async (flags: InitFlags) => {
      const { init } = await import('./init/init.js');
      exit(await init(flags, workspaceRoot));
    });
  const explainCommand = program
    .command('explain')
    .description('every test, its markers, whether it would run and which grant is missing; runs nothing')
    .argument('[PATH[::NAME]...]', 'test files, folders or single tests');
  addSelectionFlags(explainCommand, registry)
    .option('--base <revision>', 'tests skipped, narrowed, retried, moved or removed since this git revision')
    .option('--json', 'print the list as JSON')
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const flags = readFlags(options, registry);
      const { explain } = await import('./explain/explain.js');
      exit(await explain(resolveRun(paths, [], flags, context), flags.base));
    });
  program
    .command('triage')
    .description('whose fault failures are, from reports of any test runner, the log of a job, or a ledger')
    .argument('<reports...>', 'files, folders, patterns, or - for standard input')
    .option('--json', 'print all facts as JSON')
    .option('--markdown', 'print a comment for a pull request')
    .option('--junit <file>', 'also write the classes as JUnit')
    .option('--explain <test>', 'the facts and the rules that hold for the tests of that name')
    .action(async (reports: string[], flags: TriageFlags) => {
      const [{ triageReports }, { triageOptionsOf }] = await Promise.all([
        import('./triage/triage.js'),
        import('../project/triage-options.js'),
      ]);
      const options = triageOptionsOf(field, workspaceRoot);
      exit(triageReports({ ...flags, reports, json: flags.json ?? false, options }));
    });
  program
    .command('report')
    .description(
      'the last run as a page, JUnit XML and CTRF JSON in .drydock; or several runs merged into one',
    )
    .option('--merge <dirs...>', 'folders with the ledgers of shards, levels or machines')
    .option(
      '--require <what...>',
      'with --merge: fail unless these markers, backends or test ids ran (or: all)',
    )
    .option('--shards <number>', 'with --merge: fail unless as many ledgers were given')
    .option('--fail-on-flaky', 'fail where a test passed only at a later attempt')
    .option('--open', 'show the page in a browser')
    .option('--allure <dir>', 'also write results for Allure into this folder')
    .action(async (flags: ReportFlags) => {
      const { report } = await import('./report.js');
      exit(await report(flags, cwd, workspaceRoot, registry));
    });
  program
    .command('services')
    .description('servers that keep running: up, status, env (prints their variables), down')
    .argument('<action>', 'up, status, env or down')
    .argument('[backends...]', 'backends by name, llm for the local model; without names all backends')
    .action(async (action: string, backends: string[]) => {
      const { services } = await import('./services.js');
      exit(await services(action, backends, workspaceRoot));
    });
  program
    .command('doctor')
    .description('where this runs, where each variable comes from, and a check of every configured endpoint')
    .argument('[names...]', 'backends and providers by name; without names all of the workspace')
    .option('--json', 'print the result as JSON')
    .action(async (names: string[], options: { json?: boolean }) => {
      const { doctor } = await import('./doctor/doctor.js');
      exit(await doctor(names, cwd, options.json ?? false));
    });
  program
    .command('demo')
    .description('a tour of a minute in a temporary folder: refused, swallowed and gated tests, and the page')
    .action(async () => {
      const { demo } = await import('./demo/demo.js');
      exit(await demo());
    });
  program
    .command('connectivity')
    .description(
      "checks the package's own server or provider, as tests in the ledger; for all: run --level connectivity",
    )
    .action(async () => {
      const { connectivity } = await import('./doctor/connectivity.js');
      exit(await connectivity(cwd, registry));
    });
  return program;
}

function runCommand(program: Command, registry: Registry): Command {
  const command = program
    .command('run')
    .description('run the tests; without flags, those that need nothing')
    .argument('[PATH[::NAME]...]', 'test files, folders or single tests; after --, arguments for Vitest');
  return addRunFlags(command, registry);
}

/** Splits the arguments at `--`, which Commander drops: those after it are for Vitest. */
function splitArguments(
  targets: readonly string[],
  command: Command,
): { paths: string[]; vitestArgs: string[] } {
  const raw = (command.parent as Command & { rawArgs: string[] }).rawArgs;
  const at = raw.indexOf('--');
  const count = at === -1 ? 0 : raw.length - at - 1;
  return {
    paths: targets.slice(0, targets.length - count),
    vitestArgs: targets.slice(targets.length - count),
  };
}
