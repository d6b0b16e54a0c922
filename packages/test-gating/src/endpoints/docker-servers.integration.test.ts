import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixtureProject, type FixtureProject } from '../testing/project.fixture.js';

const CLIENT = `
import { connect } from 'node:net';
import http from 'node:http';
export const dial = (to) => new Promise((resolve, reject) => {
  const socket = connect(to, () => { socket.destroy(); resolve('connected'); });
  socket.on('error', reject);
});
export const ask = (options, path) => new Promise((resolve, reject) => {
  http.get({ ...options, path }, async (answer) => {
    let text = '';
    for await (const chunk of answer) text += chunk;
    resolve(JSON.parse(text));
  }).on('error', reject);
});
export const portOf = async (options) =>
  Number((await ask(options, '/containers/c1/json')).NetworkSettings.Ports['80/tcp'][0].HostPort);
`;

// The engine, the container's server and another listen in this process; the tests of the project dial them from others.
describe('containers that tests start', { tags: ['loopback'], timeout: 60_000 }, () => {
  let folder: string;
  let engine: Server;
  let tcpEngine: Server;
  let servers: TcpServer[];
  let project: FixtureProject;
  const portOf = (server: Server | TcpServer | undefined) =>
    ((server as Server).address() as { port: number }).port;
  const listening = <T extends Server | TcpServer>(server: T, ...to: [string] | [number, string]) =>
    new Promise<T>((resolve) => server.listen(...(to as [number, string]), () => resolve(server)));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
    servers = await Promise.all(
      [0, 1].map(() =>
        listening(
          createTcpServer((socket) => socket.end()),
          0,
          '127.0.0.1',
        ),
      ),
    );
    /** The part of Docker's API that says how a container is reached; the port arrives in two pieces. */
    const api = () =>
      createServer((_, answer) => {
        const text = JSON.stringify({
          NetworkSettings: {
            Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: String(portOf(servers[0])) }] },
          },
        });
        const middle = text.indexOf('"HostPort":"') + 13;
        answer.write(text.slice(0, middle));
        setTimeout(() => answer.end(text.slice(middle)), 20);
      });
    engine = await listening(api(), join(folder, 'docker.sock'));
    tcpEngine = await listening(api(), 0, '127.0.0.1');
    project = createFixtureProject({
      'docker.mjs': CLIENT,
      'vitest.config.ts': `import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock()], test: { globalSetup: process.env.IN_SETUP ? ['./setup.mjs'] : [] } };`,
      'setup.mjs': `
import { portOf } from './docker.mjs';
export default async ({ provide }) => provide('port', await portOf({ socketPath: process.env.DOCKER_HOST.slice(7) }));
`,
      'own.integration.test.js': `
import { expect, inject, it } from 'vitest';
import { dial, portOf } from './docker.mjs';
const engine = process.env.DOCKER_HOST.startsWith('unix://')
  ? { socketPath: process.env.DOCKER_HOST.slice(7) }
  : { host: '127.0.0.1', port: Number(process.env.DOCKER_HOST.split(':').at(-1)) };
it('reaches a port that leads into a container', async () => {
  const port = inject('port') ?? (await portOf(engine));
  expect(await dial({ port, host: '127.0.0.1' })).toBe('connected');
  expect(await dial({ port, host: 'localhost' })).toBe('connected');
});
it('is refused another', () => dial({ port: ${portOf(servers[1])}, host: '127.0.0.1' }));
`,
    });
  });
  afterAll(() => {
    project?.remove();
    for (const server of [engine, tcpEngine, ...(servers ?? [])]) server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['through its socket', () => ({ DOCKER_HOST: `unix://${join(folder, 'docker.sock')}` })],
    ['of a globalSetup', () => ({ DOCKER_HOST: `unix://${join(folder, 'docker.sock')}`, IN_SETUP: '1' })],
  ])('are reached %s, and nothing else is', async (_how, env) => {
    const { ledger } = await project.vitest([], { ...env(), DRYDOCK_LEVEL: 'integration' });
    const fates = ledger?.tests.filter(({ file }) => file.startsWith('own')).map(({ status }) => status);
    expect(fates).toEqual(['passed', 'failed']);
    expect(ledger?.tests.find(({ status }) => status === 'failed')?.failure?.subclass).toBe(
      'undeclared-endpoint',
    );
  });

  it('are reached through an engine on another port', async () => {
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${portOf(tcpEngine)}`, DRYDOCK_LEVEL: 'integration' };
    const { ledger } = await project.vitest(['-t', 'leads into'], env);
    expect(ledger?.totals).toMatchObject({ passed: 1, failed: 0 });
  });
});
