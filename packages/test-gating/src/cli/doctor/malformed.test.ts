import { createServer } from 'node:net';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { createFixtureProject } from '../../testing/project.fixture.js';

const LOOKS_AROUND = {
  timeout: 60_000,
  meta: { network: { allow: ['127.0.0.1', '192.0.2.1', '2001:db8::1'], loopbackServers: true } } as object,
};

/** A project whose `QUEUE_URL` leads to a server that accepts connections, and whose other variables are malformed. */
async function projectWithServer({ skip }: Pick<TestContext, 'skip'>) {
  const server = createServer((socket) => socket.end());
  const problem = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve).listen(0, '127.0.0.1', () => resolve(undefined));
  });
  if (problem) skip(`unavailable: this sandbox denies listening (${problem.message})`);
  const project = createFixtureProject({
    'a.integration.test.ts': `import { ran } from './ran.mjs';\nran('module');\n`,
  });
  onTestFinished(() => {
    server.close();
    project.remove();
  });
  const { port } = server.address() as { port: number };
  return {
    project,
    env: { AMQP_URL: `amqp://127.0.0.1:${port}`, REDIS_URL: 'hunter2', POSTGRES_URL: 'mysql://:hunter2@/' },
  };
}

test.for<[string, string[]]>([
  ['connectivity', ['connectivity']],
  ['the level', ['run', '--level', 'connectivity']],
  ['a networked run', ['run', '--level', 'integration']],
])('%s names every malformed variable and shows the rest', LOOKS_AROUND, async ([, args], context) => {
  const { project, env } = await projectWithServer(context);
  const { exitCode, stdout, stderr, ran } = await project.drydock(args, env);
  const text = stdout + stderr;
  expect({ exitCode, ran }).toEqual({ exitCode: 2, ran: [] });
  expect(text).toContain('REDIS_URL is not a URL');
  expect(text).toContain('POSTGRES_URL has the wrong protocol');
  expect(text).not.toContain('hunter2');
  if (args.includes('connectivity')) expect(text).toContain('1 passed');
});
