import { measureStorage } from './measure-storage.js';
import { postgresSubjects } from './postgres-subjects.js';
import { redisSubjects } from './redis-subjects.js';
import { storageTable } from './storage-tables.js';
import type { StorageSubjects } from './subjects.js';

interface Server {
  readonly name: string;
  readonly variable: string;
  connect(url: string): Promise<StorageSubjects>;
}

const SERVERS: readonly Server[] = [
  { name: 'Redis', variable: 'REDIS_URL', connect: redisSubjects },
  { name: 'PostgreSQL', variable: 'POSTGRES_URL', connect: postgresSubjects },
];

/** Measures the storage adapters beside their drivers, on the servers that the environment names. */
export async function benchStorage(rounds: number, env: NodeJS.ProcessEnv): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, variable, connect } of SERVERS) {
    const url = env[variable];
    if (!url) {
      lines.push(` ${name}: not measured; set ${variable} to a server that may be written to`, '');
      continue;
    }
    const subjects = await connect(url);
    try {
      for (const [title, times] of await measureStorage(subjects, rounds))
        lines.push(...storageTable(`${name}: ${title}`, times), '');
    } finally {
      await subjects.close();
    }
  }
  return lines;
}
