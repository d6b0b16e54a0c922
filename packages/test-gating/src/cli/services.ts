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
import { suggestion } from '../markers/nearest.js';
import { serviceStateFolder } from '../project/workspace.js';
import { columns } from '../report/columns.js';
import { EXIT } from '../report/exit-code.js';
import { UsageError } from '../usage-error.js';

/** What `drydock services` can be told to do. */
export const SERVICE_ACTIONS = ['up', 'status', 'env', 'down'] as const;

type Action = (typeof SERVICE_ACTIONS)[number];

/**
 * Starts, lists or stops servers that outlive the command, and prints the variables that point at them.
 *
 * @throws UsageError for an unknown action or backend.
 */
export async function services(
  action: string,
  backends: readonly string[],
  workspaceRoot: string,
): Promise<number> {
  const known = discoverServices(workspaceRoot);
  const chosen = backends.length === 0 ? known : backends.map((backend) => recordOf(backend, known));
  const stateDir = serviceStateFolder(workspaceRoot);
  const actions: Record<Action, () => Promise<number>> = {
    up: () => bringUp(chosen, stateDir),
    status: () => tellStatus(stateDir),
    env: () => tellEnvironment(stateDir),
    down: () => bringDown(chosen, stateDir),
  };
  const run = actions[action as Action];
  if (run === undefined)
    throw new UsageError(`Unknown action '${action}'. ${suggestion(action, SERVICE_ACTIONS)}`);
  return run();
}

async function bringUp(records: readonly ServiceRecord[], stateDir: string): Promise<number> {
  const rows = await Promise.all(
    records.map(async (record) => {
      try {
        const service = await up(await record.load(), { stateDir, onProgress: terminalProgress() });
        return [record.backend, service.version, service.provenance, `${service.host}:${service.port}`];
      } catch (error) {
        if (!ServiceError.isInstance(error)) throw error;
        return [record.backend, `unavailable: ${error.reason}`];
      }
    }),
  );
  print([...columns(rows), '', ' variables: drydock services env   stop: drydock services down']);
  return rows.some(([, what]) => what?.startsWith('unavailable')) ? EXIT.environment : EXIT.ok;
}

async function tellStatus(stateDir: string): Promise<number> {
  const kept = await status(stateDir);
  const rows = kept.map(({ backend, version, provenance, host, port, alive }) => [
    backend,
    version,
    provenance,
    `${host}:${port}`,
    alive ? 'up' : 'gone',
  ]);
  print(rows.length === 0 ? [' No server is up. Start them: drydock services up'] : columns(rows));
  return EXIT.ok;
}

/** Made to be read by a program or a shell: one variable a line, quoted as a .env file wants it. */
async function tellEnvironment(stateDir: string): Promise<number> {
  const variables = Object.entries(await environment(stateDir));
  print(variables.map(([name, value]) => `${name}=${JSON.stringify(value)}`));
  return EXIT.ok;
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
    throw new UsageError(`Unknown backend '${backend}'. ${suggestion(backend, names)}`);
  return record;
}

function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}
