import { join, relative } from 'node:path';
import { parse } from 'dotenv';
import { FileRefusal, readRegularFile } from '../project/regular-file.js';
import { EnvironmentUsageError } from './environment-usage-error.js';

/** Where a variable's value came from; never the value. */
export interface VariableProvenance {
  readonly name: string;
  /** `process environment`, or a file's path relative to the first folder: `.env`, `.env.local`, `packages/app/.env`. */
  readonly provenance: string;
}

/** Which files to load and into what. */
export interface LoadEnvFilesOptions {
  /** Folders to look in, the workspace's root first; a later folder wins. */
  readonly dirs: readonly string[];
  /** The environment that is read and added to. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether files win over the process environment. @default false */
  readonly override?: boolean;
  /** Variables to report as well when the process environment alone has them. */
  readonly names?: Iterable<string>;
}

/** The process environment as a provenance. */
export const PROCESS_ENVIRONMENT = 'process environment';

/** Files of a folder that are loaded, the latter winning. */
const FILES = ['.env', '.env.local'];

/** Files of a folder whose secrets are never shown, whether they are loaded or not. */
export const SECRET_FILES = [...FILES, '.env.test', '.env.test.local'];

/** Files of a folder from which tools of any mode may load. */
const ALL_FILES = [
  ...SECRET_FILES,
  ...['development', 'production'].flatMap((mode) => [`.env.${mode}`, `.env.${mode}.local`]),
];

/** Largest `.env` file that is read. */
const MOST_BYTES = 1_048_576;

/** One `.env` file that is there. */
export interface EnvFile {
  readonly provenance: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Loads `.env` and `.env.local` of each folder and tells where each variable's value came from; call it only when a networked level
 * is granted. Throws an EnvironmentUsageError when a file is there and cannot be read.
 */
export function loadEnvFiles(options: LoadEnvFilesOptions): VariableProvenance[] {
  const { dirs, env = process.env, override = false, names = [] } = options;
  const found = new Map<string, string>();
  for (const name of names) if (env[name] !== undefined) found.set(name, PROCESS_ENVIRONMENT);

  const origins = fileOriginsUnderNx(dirs, env);
  for (const { provenance, values } of readEnvFiles(dirs, FILES)) {
    for (const [name, value] of Object.entries(values)) {
      const fromFile = found.has(name) && found.get(name) !== PROCESS_ENVIRONMENT;
      const free = env[name] === undefined || fromFile || origins.has(name) || override;
      if (free) env[name] = value;
      found.set(name, free ? provenance : PROCESS_ENVIRONMENT);
    }
  }
  // What Nx alone loaded, from a file that is not ours to load, keeps its file's name.
  for (const [name, provenance] of origins) {
    if (!found.has(name) || found.get(name) === PROCESS_ENVIRONMENT) found.set(name, provenance);
  }
  return Array.from(found, ([name, provenance]) => ({ name, provenance }));
}

/**
 * Nx puts the variables of several files into the environment of its tasks before anything else runs, so they look as if the shell had
 * set them: a value that equals a file's came from that file. https://nx.dev/docs/guides/tips-n-tricks/define-environment-variables
 */
function fileOriginsUnderNx(dirs: readonly string[], env: NodeJS.ProcessEnv): Map<string, string> {
  if (env.NX_TASK_TARGET_PROJECT === undefined && env.NX_TASK_HASH === undefined) return new Map();
  const target = env.NX_TASK_TARGET_TARGET;
  const ofTarget = target === undefined ? [] : [`.env.${target}`, `.${target}.env`];
  const files = readEnvFiles(dirs, ['.env', '.env.local', '.local.env', ...ofTarget]);
  return new Map(
    files.flatMap(({ provenance, values }) =>
      Object.entries(values)
        .filter(([name, value]) => env[name] === value)
        .map(([name]) => [name, provenance] as const),
    ),
  );
}

/** The variables in the `.env` files of folders, those of a mode included; none of a file that cannot be read. */
export function valuesOfEnvFiles(folders: readonly string[]): Readonly<Record<string, string>>[] {
  const places = [...new Set(folders)].flatMap((folder) => ALL_FILES.map((file) => [folder, file] as const));
  return places.flatMap(([folder, file]) => {
    try {
      return readEnvFiles([folder], [file], true).map(({ values }) => values);
    } catch (error) {
      if (error instanceof EnvironmentUsageError) return [];
      throw error;
    }
  });
}

/**
 * Reads files of these names from each folder; what is not there is left out.
 *
 * @param skipsUnreadable Whether one that this user may not read is left out too.
 * @throws EnvironmentUsageError for one that cannot be read, is not a file, or is larger than 1 MiB.
 */
export function readEnvFiles(
  dirs: readonly string[],
  files: readonly string[],
  skipsUnreadable = false,
): EnvFile[] {
  const [root = '.'] = dirs;
  const paths = [...new Set(dirs)].flatMap((dir) => files.map((file) => join(dir, file)));
  return paths.flatMap((path) => {
    const text = readIfThere(path, skipsUnreadable);
    // Only dotenv's parser: its config() prints a line for each load.
    return text === undefined
      ? []
      : [{ provenance: relative(root, path).replaceAll('\\', '/'), values: parse(text) }];
  });
}

function readIfThere(path: string, skipsUnreadable: boolean): string | undefined {
  try {
    return readRegularFile(path, MOST_BYTES).toString('utf8');
  } catch (error) {
    if (error instanceof FileRefusal) throw unusable(path, error.message);
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (skipsUnreadable || code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw unusable(path, `cannot be read (${code}); check its owner and mode`);
  }
}

function unusable(path: string, problem: string): EnvironmentUsageError {
  return new EnvironmentUsageError([{ variable: path, problem }]);
}
