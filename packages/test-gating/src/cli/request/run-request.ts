import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { relative, resolve } from 'node:path';
import { isMetadata } from '@drydock/network-guard';
import { type Registry, UsageError } from '@drydock/workspace';
import { isSocketRule } from '../../endpoints/address.js';
import { type Grants, resolveGrants } from '../../gate/grants.js';
import { namePattern } from '../../markers/name-pattern.js';

/** Flags of `drydock run` as they were typed. */
export interface RunFlags {
  readonly level?: string;
  /** Markers named by `--run-MARKER` flags. */
  readonly run: readonly string[];
  readonly expression?: string;
  readonly name?: string;
  /** Git revision to compare the gate with. */
  readonly base?: string;
  readonly require: readonly string[];
  readonly allowHost: readonly string[];
  /** Whether a test that passed only at a later attempt fails the run. */
  readonly failOnFlaky: boolean;
  /** Whether to note the endpoints that networked tests reach. */
  readonly learn: boolean;
  /** Whether to run only what failed in the last run. */
  readonly failed: boolean;
  /** Whether to run again whenever a file changes. */
  readonly watch: boolean;
  readonly json: boolean;
  /** Whether to print a short text for a coding agent in place of the summary. */
  readonly agent: boolean;
  readonly envOverride: boolean;
  /** Whether real calls go to a local model, which is started where none is up. */
  readonly localModel: boolean;
}

/** A request to run or explain tests: flags and paths, checked and resolved. */
export interface RunRequest extends RunFlags {
  readonly workspaceRoot: string;
  readonly registry: Registry;
  readonly grants: Grants;
  /** Selected paths, relative to the workspace root, each with the selected name. */
  readonly select: readonly { readonly path: string; readonly name?: string }[];
  readonly vitestArgs: readonly string[];
  /** Number of tests of the whole run, where only those that failed in it are selected. */
  readonly rerunOf?: number;
}

/**
 * Checks flags and paths before anything starts.
 *
 * @throws UsageError for an unknown level, marker or path, a broken pattern or host.
 */
export function resolveRun(
  targets: readonly string[],
  vitestArgs: readonly string[],
  flags: RunFlags,
  context: {
    readonly cwd: string;
    readonly workspaceRoot: string;
    readonly registry: Registry;
    readonly env: NodeJS.ProcessEnv;
  },
): RunRequest {
  const { cwd, workspaceRoot, registry, env } = context;
  const merged = withEnvironment(flags, env);
  const { level, run, expression } = merged;
  const grants = resolveGrants({ level, run, expression }, registry);
  if (merged.name !== undefined) namePattern(merged.name, flags.name === undefined ? 'DRYDOCK_NAME' : '-t');
  for (const host of merged.allowHost) checkHost(host);
  const select = targets.map((target) => readTarget(target, cwd, workspaceRoot));
  return { ...merged, workspaceRoot, registry, grants, select, vitestArgs };
}

/** Adds the `DRYDOCK_` variables to the flags: a flag wins over its variable, lists add up. */
function withEnvironment(flags: RunFlags, env: NodeJS.ProcessEnv): RunFlags {
  const listed = (name: string) => (env[name] ?? '').split(/[\s,]+/).filter(Boolean);
  const level = flags.level ?? env.DRYDOCK_LEVEL;
  const expression = flags.expression ?? env.DRYDOCK_EXPRESSION;
  const name = flags.name ?? env.DRYDOCK_NAME;
  return {
    ...flags,
    ...(level && { level }),
    ...(expression && { expression }),
    ...(name && { name }),
    run: [...new Set([...flags.run, ...listed('DRYDOCK_RUN')])],
    localModel: flags.localModel || Boolean(env.DRYDOCK_LOCAL_MODEL),
    allowHost: [...new Set([...flags.allowHost, ...listed('DRYDOCK_ALLOW_HOSTS')])],
  };
}

/** `src/a.test.ts::suite::adds` selects the test `suite > adds` of that file. */
function readTarget(target: string, cwd: string, workspaceRoot: string): { path: string; name?: string } {
  const [path = '', ...names] = target.split('::');
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute)) throw new UsageError(`${path}: no such file or folder.`);
  const inside = relative(workspaceRoot, absolute).replaceAll('\\', '/');
  if (inside.startsWith('..')) throw new UsageError(`${path} lies outside the workspace ${workspaceRoot}.`);
  return names.length === 0 ? { path: inside } : { path: inside, name: names.join(' > ') };
}

/** Checks that a host has a form the guard accepts: `host`, `host:port`, `[::1]:port`, `10.0.0.0/8`, `*.example.com`, `unix:/path`. */
function checkHost(host: string): void {
  if (isMetadata(isIP(host) ? host : host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')))
    throw new UsageError(`--allow-host ${host}: a cloud’s metadata service is never allowed.`);
  if (isSocketRule(host) && /^unix:[@/]./.test(host)) return;
  const [address = '', prefix, ...more] = host.split('/');
  const isRange = more.length === 0 && isIP(address) !== 0 && /^\d{1,3}(?::\d+)?$/.test(prefix ?? '');
  if (prefix === undefined ? /^[^\s@]+$/.test(host) : isRange) return;
  throw new UsageError(
    `--allow-host ${host} is not a host. For example: db1, db1:5432, 10.0.0.0/8, *.example.com or unix:/run/name.sock.`,
  );
}
