import {
  discoverServices,
  down,
  environment,
  ServiceError,
  type ServiceRecord,
  status,
  terminalProgress,
  up,
} from '@drydock/services';
import { serviceStateFolder, suggestion, UsageError } from '@drydock/workspace';
import { columns } from '../report/columns.js';
import { EXIT } from '../report/exit-code.js';

/** Actions of `drydock services`. */
export const SERVICE_ACTIONS = ['up', 'status', 'env', 'down'] as const;

/** Short name of the servers that stand in for providers. */
const LOCAL_MODELS = 'llm';

type Action = (typeof SERVICE_ACTIONS)[number];

/** Short phrases for a server that is not available; other kinds of errors are shown as `failed`. */
const WORDS: Readonly<Partial<Record<ServiceError['kind'], string>>> = {
  'configured-unreachable': 'does not answer',
  'configured-invalid': 'wrongly configured',
  unavailable: 'unavailable',
};

/**
 * Starts, lists or stops servers that outlive the command, and prints the variables that point at them.
 *
 * @throws UsageError for an unknown action or backend.
 */
export async function services(
  action: string,
  names: readonly string[],
  workspaceRoot: string,
): Promise<number> {
  const known = discoverServices(workspaceRoot);
  const models = known.filter(({ ofProvider }) => ofProvider).map(({ backend }) => backend);
  const backends = names.flatMap((name) => (name === LOCAL_MODELS && models.length > 0 ? models : [name]));
  const chosen = backends.length === 0 ? known : backends.map((backend) => recordOf(backend, known));
  const stateDir = serviceStateFolder(workspaceRoot);
  const actions: Record<Action, () => Promise<number>> = {
    up: () => bringUp(startable(chosen, names), names.length > 0, stateDir),
    status: () => printStatus(backends, stateDir),
    env: () => printEnvironment(backends, stateDir),
    down: () => bringDown(chosen, stateDir),
  };
  const run = actions[action as Action];
  if (run === undefined)
    throw new UsageError(`Unknown action '${action}'. ${suggestion(action, SERVICE_ACTIONS)}`);
  return run();
}

/** A model is large and needed by few, so it is started by its name alone. */
function startable(records: readonly ServiceRecord[], names: readonly string[]): readonly ServiceRecord[] {
  return names.length > 0 ? records : records.filter(({ ofProvider }) => !ofProvider);
}

async function bringUp(
  records: readonly ServiceRecord[],
  isNamed: boolean,
  stateDir: string,
): Promise<number> {
  const failed: ServiceError[] = [];
  const rows = await Promise.all(
    records.map(async (record) => {
      try {
        const service = await up(await record.load(), { stateDir, onProgress: terminalProgress() });
        return [record.backend, service.version, service.provenance, `${service.host}:${service.port}`];
      } catch (error) {
        if (!ServiceError.isInstance(error)) throw error;
        failed.push(error);
        return [record.backend, `${WORDS[error.kind] ?? 'failed'}: ${error.reason}`];
      }
    }),
  );
  const remedies = failed.map(({ backend, remedy }) => ['remedy', backend, remedy]);
  const next = [
    ' variables: npx --no-install drydock services env   stop: npx --no-install drydock services down',
  ];
  const parts = [rows.length > failed.length ? next : [], failed.length > 0 ? columns(remedies) : []];
  print([...columns(rows), ...parts.flatMap((part) => (part.length > 0 ? ['', ...part] : []))]);
  return exitOf(failed, isNamed || failed.length === records.length);
}

/** A backend that was named is required; without names at least one is. */
function exitOf(failed: readonly ServiceError[], isRequired: boolean): number {
  const kinds = new Set(failed.map(({ kind }) => kind));
  if (kinds.has('configured-invalid') || kinds.has('definition')) return EXIT.usage;
  if (isRequired && kinds.has('unavailable')) return EXIT.harness;
  return kinds.has('configured-unreachable') ? EXIT.environment : EXIT.ok;
}

async function printStatus(backends: readonly string[], stateDir: string): Promise<number> {
  const kept = (await status(stateDir)).filter(({ backend }) => isSelected(backend, backends));
  const rows = kept.map(({ backend, version, provenance, host, port, alive }) => [
    backend,
    version,
    provenance,
    `${host}:${port}`,
    alive ? 'up' : 'gone',
  ]);
  const start = ['npx --no-install drydock services up', ...backends].join(' ');
  print(rows.length === 0 ? [` No server is up. Start them: ${start}`] : columns(rows));
  return EXIT.ok;
}

/** Prints one variable a line, quoted as in a .env file, for a program or a shell to read. */
async function printEnvironment(backends: readonly string[], stateDir: string): Promise<number> {
  const variables = await environment(stateDir, backends.length > 0 ? backends : undefined);
  print(Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}`));
  const up = (await status(stateDir)).filter(({ alive }) => alive).map(({ backend }) => backend);
  const missing = backends.filter((backend) => !up.includes(backend));
  if (missing.length === 0) return EXIT.ok;
  // Standard output holds nothing but variables.
  process.stderr.write(
    ` Not up: ${missing.join(', ')}. Start: npx --no-install drydock services up ${missing.join(' ')}\n`,
  );
  return EXIT.harness;
}

function isSelected(backend: string, backends: readonly string[]): boolean {
  return backends.length === 0 || backends.includes(backend);
}

async function bringDown(records: readonly ServiceRecord[], stateDir: string): Promise<number> {
  const rows = await Promise.all(
    records.map(async ({ backend }) => [backend, (await down(backend, stateDir)) ? 'stopped' : 'was not up']),
  );
  print(columns(rows));
  return EXIT.ok;
}

function recordOf(backend: string, known: readonly ServiceRecord[]): ServiceRecord {
  const names = known.map((record) => record.backend);
  const record = known.find((candidate) => candidate.backend === backend);
  if (record === undefined)
    throw new UsageError(
      names.length === 0
        ? `No package here says how to start '${backend}'. Install one that does, such as @drydock/storage-${backend}, or set the variable of a server that runs, such as ${backend.toUpperCase()}_URL.`
        : `Unknown backend '${backend}'. ${suggestion(backend, names)}`,
    );
  return record;
}

function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}
