import { acquire, discoverServices, type Service } from '@drydock/services';
import { findProject } from '@drydock/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../../testing/project.fixture.js';

const SCHEMA = `
import pg from 'pg';
import { ran } from './ran.mjs';
export async function query(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try { return (await client.query(text)).rows; } finally { await client.end(); }
}
export async function migrate({ url }) {
  ran('migrated');
  await query(url, 'CREATE TABLE guests (name text)');
}
`;
const FILE = `
import { fresh } from '@drydock/test-gating';
import { expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { migrate, query } from './schema.mjs';
const cache = it.extend('cache', { scope: 'file' }, () => fresh('redis'));
it('has tables and no rows', async () => {
  const db = await fresh('postgres', { migrate });
  await query(db.url, "INSERT INTO guests VALUES ('one')");
  expect(await query(db.url, 'SELECT * FROM guests')).toEqual([{ name: 'one' }]);
  OUTCOME
});
cache('has keys of its own', async ({ cache: { url, name } }) => {
  const client = new Redis(url);
  await client.set(name + ':guest', 'one');
  expect(await client.keys(name + '*')).toHaveLength(1);
  client.disconnect();
});
`;
const LEFT = `
import { Redis } from 'ioredis';
import { query } from './schema.mjs';
const databases = await query(process.env.POSTGRES_URL, "SELECT datname FROM pg_database WHERE datname LIKE 'dd%'");
const redis = new Redis(process.env.REDIS_URL);
process.stdout.write(JSON.stringify([...databases.map(({ datname }) => datname), ...(await redis.keys('*'))]));
redis.disconnect();
`;
const FILES = {
  'left.mjs': LEFT,
  'package.json': JSON.stringify({
    name: 'fixture',
    type: 'module',
    dependencies: { '@drydock/storage-postgres': '*', '@drydock/storage-redis': '*' },
  }),
  'vitest.config.ts': `
import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock({ needs: ['postgres', 'redis'] })] };
`,
  'schema.mjs': SCHEMA,
  'passes.integration.test.js': FILE.replace('OUTCOME', ''),
  'fails.integration.test.js': FILE.replace('OUTCOME', "expect(db.name).toBe('other');"),
  'dies.integration.test.js': FILE.replace('OUTCOME', "process.kill(process.pid, 'SIGKILL');"),
  'offline.test.js': `
import { fresh } from '@drydock/test-gating';
import { expect, it } from 'vitest';
it('has no server', () => expect(fresh('redis')).rejects.toThrow('only a networked run has'));
`,
};

// The servers are this file's own, on ports that nobody knows before.
const network = { allow: ['*'], loopbackServers: true };

describe('fresh', { meta: { network } as object, timeout: 120_000 }, () => {
  let services: Service[];
  let project: FixtureProject;
  let env: Record<string, string>;

  beforeAll(async () => {
    const records = discoverServices(findProject(import.meta.dirname).workspaceRoot);
    const wanted = records.filter(({ backend }) => ['postgres', 'redis'].includes(backend));
    services = await Promise.all(wanted.map(async ({ load }) => acquire(await load(), { env: {} })));
    env = Object.assign({}, ...services.map(({ variables }) => variables));
    project = createFixtureProject(FILES);
  }, 120_000);
  afterAll(async () => {
    project?.remove();
    await Promise.all((services ?? []).map((service) => service.stop()));
  });

  async function leftOnServers(): Promise<string[]> {
    const { stdout, exitCode } = await project.node(['left.mjs'], env);
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  }

  it('gives each file a database that was migrated once, and takes all back, also after a failure and a kill', async () => {
    const { ledger, ran, stdout, stderr } = await project.vitest([], {
      ...env,
      DRYDOCK_LEVEL: 'integration',
    });
    const fates = ledger?.tests.map(({ file, name, status }) => `${file}: ${name}: ${status}`);
    expect(fates).toEqual(
      expect.arrayContaining([
        'passes.integration.test.js: has tables and no rows: passed',
        'passes.integration.test.js: has keys of its own: passed',
        'fails.integration.test.js: has tables and no rows: failed',
        'fails.integration.test.js: has keys of its own: passed',
      ]),
    );
    expect(ran).toEqual(['migrated']);
    expect(await leftOnServers()).toEqual([]);
    expect(stdout + stderr).not.toContain(new URL(env.POSTGRES_URL ?? '').password);
  });

  it('says in an offline test what to do', async () => {
    const { ledger } = await project.vitest(['offline.test.js'], env);
    expect(ledger?.totals).toMatchObject({ passed: 1, failed: 0 });
  });
});
