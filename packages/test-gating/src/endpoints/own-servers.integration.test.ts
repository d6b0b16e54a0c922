import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const CONFIG = `
import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock({ endpoints: ['MY_QUEUE'] })] };
`;
/** Where `doctor` looks to tell a sandbox: addresses that nobody has. */
const LOOKS_AROUND = {
  meta: { network: { allow: ['127.0.0.1', '192.0.2.1', '2001:db8::1'], loopbackServers: true } } as object,
};
const DIAL = `
import { connect } from 'node:net';
import { expect, it } from 'vitest';
const dial = (port) => new Promise((resolve, reject) => {
  const socket = connect(...(typeof port === 'string' ? [port] : [port, '127.0.0.1']), () => { socket.destroy(); resolve('connected'); });
  socket.on('error', reject);
});
`;

// The servers listen in this process; the tests of the project dial them from another.
describe('servers that no package defines', { tags: ['loopback'], timeout: 60_000 }, () => {
  let servers: Server[];
  let project: FixtureProject;
  let env: Record<string, string>;
  const portOf = (index: number) => ((servers[index] as Server).address() as { port: number }).port;

  beforeAll(async () => {
    servers = await Promise.all(
      [0, 1, 2].map(
        () =>
          new Promise<Server>((resolve) => {
            const server = createServer((socket) => socket.end());
            server.listen(0, '127.0.0.1', () => resolve(server));
          }),
      ),
    );
    project = createFixtureProject({
      'vitest.config.ts': CONFIG,
      'own.integration.test.js': `${DIAL}
it('reaches a well-known one', async () => expect(await dial(${portOf(0)})).toBe('connected'));
it('reaches a declared one', async () => expect(await dial(${portOf(1)})).toBe('connected'));
it('is refused another', () => dial(${portOf(2)}));
`,
      'socket.integration.test.js': `
${DIAL}
it('reaches the socket', async () => expect(await dial(process.env.PGHOST + '/.s.PGSQL.5433')).toBe('connected'));
`,
      'offline.test.js': `
import { expect, it } from 'vitest';
it('sees no address', () => {
  expect([process.env.MONGO_URL, process.env.MY_QUEUE]).toEqual([undefined, undefined]);
  expect(process.env.DATABASE_URL).toBe('file:./dev.db');
});
`,
    });
    env = {
      MONGO_URL: `mongodb://127.0.0.1:${portOf(0)}/app`,
      MY_QUEUE: `127.0.0.1:${portOf(1)}`,
      DATABASE_URL: 'file:./dev.db',
    };
  });
  afterAll(() => {
    project.remove();
    for (const server of servers) server.close();
  });

  it('are reached at their marker, and the refusal of another says what is missing', async () => {
    const level = { ...env, DRYDOCK_LEVEL: 'integration' };
    const { ledger, stdout, stderr } = await project.vitest(['own.integration'], level);
    const own = ledger?.tests.filter(({ file }) => file.endsWith('own.integration.test.js')) ?? [];
    expect(own.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed']);
    expect(own[2]?.failure).toMatchObject({ class: 'harness', subclass: 'undeclared-endpoint' });
    const message = stdout + stderr;
    expect(message).toContain(`missing  no variable that is set holds 127.0.0.1:${portOf(2)}`);
    expect(message).not.toContain('run with');
  });

  it('are reached at a Unix socket', LOOKS_AROUND, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sockets-'));
    const server = createServer((socket) => socket.end()).listen(join(folder, '.s.PGSQL.5433'));
    const level = { PGHOST: folder, PGPORT: '5433', DRYDOCK_LEVEL: 'integration' };
    const { ledger } = await project.vitest(['socket'], level);
    expect(ledger?.totals).toMatchObject({ passed: 1, failed: 0 });
    const { stdout } = await project.drydock(['doctor'], { PGHOST: folder, PGPORT: '5433' });
    expect(stdout).toMatch(/postgresql .* unix:.*\.s\.PGSQL\.5433/);
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('are hidden from offline tests, and a file’s path is not', async () => {
    const { ledger } = await project.vitest([], env);
    expect(ledger?.totals).toMatchObject({ passed: 1, gated: 4, failed: 0 });
  });
});
