import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const CONFIG = `
import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock({ endpoints: ['MY_QUEUE'] })] };
`;
const DIAL = `
import { connect } from 'node:net';
import { expect, it } from 'vitest';
const dial = (port) => new Promise((resolve, reject) => {
  const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve('connected'); });
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
    const { ledger, stdout, stderr } = await project.vitest([], { ...env, DRYDOCK_LEVEL: 'integration' });
    const own = ledger?.tests.filter(({ file }) => file.endsWith('own.integration.test.js')) ?? [];
    expect(own.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed']);
    expect(own[2]?.failure).toMatchObject({ class: 'harness', subclass: 'undeclared-endpoint' });
    const message = stdout + stderr;
    expect(message).toContain(`missing  no variable that is set holds 127.0.0.1:${portOf(2)}`);
    expect(message).not.toContain('run with');
  });

  it('are hidden from offline tests, and a file’s path is not', async () => {
    const { ledger } = await project.vitest([], env);
    expect(ledger?.totals).toMatchObject({ passed: 1, gated: 3, failed: 0 });
  });
});
