import fs from 'node:fs';
import path from 'node:path';
import type { Refusal } from '../core.cjs';
import { isNewerThan } from './locate.cjs';

const { existsSync } = fs;
const { delimiter, resolve } = path;

/** Node's flags whose value may be the next argument, in Node 20 to 26. */
const TAKES_VALUE = new Set(
  (
    '-C -e -pe -r --allow-fs-read --allow-fs-write --bench-isolation --bench-name-pattern --bench-reporter ' +
    '--bench-reporter-destination --bench-samples --bench-warmup --build-sea --build-snapshot-config --conditions ' +
    '--config-file --cpu-prof-dir --cpu-prof-interval --cpu-prof-name --diagnostic-dir --disable-proto ' +
    '--disable-warning --dns-result-order --env-file --env-file-if-exists --es-module-specifier-resolution --eval ' +
    '--experimental-config-file --experimental-default-type --experimental-loader --experimental-package-map ' +
    '--experimental-policy --experimental-sea-config --experimental-test-isolation --experimental-test-tag-filter ' +
    '--heap-prof-dir --heap-prof-interval --heap-prof-name --heapsnapshot-near-heap-limit --heapsnapshot-signal ' +
    '--icu-data-dir --import --input-type --inspect-port --inspect-publish-uid --loader --localstorage-file ' +
    '--max-http-header-size --max-old-space-size-percentage --network-family-autoselection-attempt-timeout ' +
    '--openssl-config --policy-integrity --process-timeout --redirect-warnings --report-dir --report-directory ' +
    '--report-filename --report-signal --require --secure-heap --secure-heap-min --security-revert --snapshot-blob ' +
    '--stack-trace-limit --test-concurrency --test-coverage-branches --test-coverage-exclude ' +
    '--test-coverage-functions --test-coverage-include --test-coverage-lines --test-global-setup --test-isolation ' +
    '--test-name-pattern --test-random-seed --test-reporter --test-reporter-destination --test-rerun-failures ' +
    '--test-shard --test-skip-pattern --test-timeout --title --tls-cipher-list --tls-keylog ' +
    '--trace-event-categories --trace-event-file-pattern --trace-require-module --unhandled-rejections ' +
    '--use-largepages --v8-pool-size --vfs-load --watch-kill-signal --watch-path'
  ).split(' '),
);

/** Flags with which Node runs code before or without the guard. */
const UNGUARDED: readonly (readonly [RegExp, host: string, reason: string])[] = [
  [/^--run(=|$)/, 'node --run', '--run starts a shell'],
  [
    /^--(build-snapshot(-config)?|build-sea|experimental-sea-config)(=|$)/,
    'node --build-snapshot',
    'a snapshot is built with no guard',
  ],
];
/** Gives code Node's internal bindings, below all that the guard patches. */
const EXPOSES_INTERNALS = /^--expose-internals(=|$)/;
const SIGNALS_DEBUGGER = /(^| )--watch-kill-signal[= ]SIGUSR1( |$)/;

/** Variables and flags that make a Node child load native code of the caller's choice. */
const NATIVE_VARIABLES = ['LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'OPENSSL_CONF'] as const;
/** Variables with folders of native code. */
const FOLDER_VARIABLES = [
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'OPENSSL_MODULES',
  'OPENSSL_ENGINES',
] as const;
const GIVEN = new Map(NATIVE_VARIABLES.map((name) => [name, process.env[name]]));
const GIVEN_FOLDERS = new Map(FOLDER_VARIABLES.map((name) => [name, process.env[name]]));
const GIVEN_FLAGS = new Set(process.execArgv);

/** The refusal for a Node child that would open a debugger's port, run code without the guard or load native code. */
export function judgeNode(launch: {
  args: readonly string[];
  env: readonly string[];
  cwd: string | undefined;
  /** When the run began. */
  began: number;
}): Omit<Refusal, 'api'> | undefined {
  const fromEnv =
    launch.env.find((pair) => pair.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
  const flags = [...unquoted(fromEnv).split(/\s+/), ...ownFlags(launch.args, launch.cwd)];
  if (SIGNALS_DEBUGGER.test(flags.map(spelled).join(' ')))
    return { protocol: 'inspector', host: 'SIGUSR1', reason: 'the child was given --watch-kill-signal' };
  for (const flag of flags.map(spelled)) {
    if (/^--inspect(-brk|-wait)?(=|$)/.test(flag)) {
      const [host, port] = inspectAddress(flag);
      return { protocol: 'inspector', host, port, reason: `the child was given ${flag}` };
    }
    if (exposesInternals(flag))
      return { protocol: 'binding', host: 'node --expose-internals', reason: 'they have no guard' };
    for (const [pattern, host, reason] of UNGUARDED)
      if (pattern.test(flag)) return { protocol: 'child', host, reason };
    if (/^--openssl-config(=|$)/.test(flag) && !GIVEN_FLAGS.has(flag))
      return { protocol: 'addon', host: 'node --openssl-config', reason: 'OpenSSL loads what it names' };
  }
  return judgeVariables(launch.env, launch.began);
}

/** Whether a flag, of a process or a thread, gives its code Node's internal bindings. */
export function exposesInternals(flag: string): boolean {
  return EXPOSES_INTERNALS.test(spelled(flag));
}

function judgeVariables(env: readonly string[], began: number): Omit<Refusal, 'api'> | undefined {
  for (const [name, given] of GIVEN) {
    const value = textIn(env, name);
    if (value && value !== given)
      return { protocol: 'addon', host: value, reason: `the child was given ${name}` };
  }
  // A folder that was there before the run, such as a database's own, was chosen by people.
  for (const [name, given] of GIVEN_FOLDERS) {
    const value = textIn(env, name);
    const made =
      value !== given && value?.split(delimiter).find((folder) => isNewerThan(folder || '.', began));
    if (made)
      return { protocol: 'addon', host: made, reason: `${name} of the child names a folder that is new` };
  }
  return undefined;
}

function textIn(env: readonly string[], name: string): string | undefined {
  return env.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function unquoted(options: string): string {
  return options.replace(/["\\]/g, '');
}

function spelled(flag: string): string {
  const [name = '', ...value] = flag.split('=');
  return [name.replaceAll('_', '-'), ...value].join('=');
}

// Node's own flags come before the script. After an unknown flag, only a file counts as the script: looking at too many
// flags is safe, looking at too few is not.
function ownFlags(args: readonly string[], cwd: string | undefined): string[] {
  const rest = args.slice(1);
  const end = rest.findIndex((arg, index) => arg === '--' || isScript(arg, rest[index - 1], cwd));
  return end < 0 ? rest : rest.slice(0, end);
}

function isScript(arg: string, before: string | undefined, cwd: string | undefined): boolean {
  if (arg.startsWith('-')) return false;
  if (before === undefined || !/^-[^=]*$/.test(before)) return true;
  return !TAKES_VALUE.has(spelled(before)) && existsSync(resolve(cwd ?? '.', arg));
}

function inspectAddress(flag: string): [string, number] {
  const value = flag.split('=')[1] ?? '';
  const [, host, port] = /^(?:(.*?):)?(\d+)$/.exec(value) ?? [];
  return [host ?? (value && port === undefined ? value : '127.0.0.1'), Number(port ?? 9229)];
}
