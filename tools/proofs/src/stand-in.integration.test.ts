// @module-tag loopback
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { none } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace, linked } from './workspace.fixture.js';

const SERVER = [
  "const server = require('node:http').createServer((_, response) => response.end('pong'));",
  "server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));",
].join('\n');

const FILES = {
  'packages/talk/package.json': {
    name: '@acme/talk',
    type: 'module',
    drydock: {
      provider: 'talk',
      hosts: ['talk.invalid'],
      probe: { url: 'https://talk.invalid/models', key: 'TALK_API_KEY', header: 'x-key' },
      variables: { TALK_API_KEY: { kind: 'secret' }, TALK_BASE_URL: { kind: 'url', protocols: ['http:'] } },
    },
  },
  'packages/talk/vitest.config.js': [
    "import { drydock } from '@drydock/test-gating/vitest';",
    'export default { plugins: [drydock()] };',
  ].join('\n'),
  'packages/talk/talk.llm-real.test.js': [
    "import { expect, it } from 'vitest';",
    'const ask = (url) => fetch(url).then((response) => response.text());',
    "it('answers', async () => expect(await ask(process.env.TALK_BASE_URL)).toBe('pong'));",
    "it('spends under the cap of the run', () => expect(process.env.DRYDOCK_LLM_SPEND_FILE).toMatch(/llm-spend/));",
    "it('reaches nothing else', () => ask('http://127.0.0.1:4444'));",
  ].join('\n'),
};

let acme: AcmeWorkspace;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  acme = acmeWorkspace(linked, FILES);
  server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(server.stdout as NonNullable<typeof server.stdout>, 'data');
  address = `http://127.0.0.1:${String(port).trim()}`;
});

afterAll(() => {
  server.kill();
  acme.remove();
});

const realCalls = (env: Record<string, string>) =>
  acme.run(none, ['npx', '--no-install', 'drydock', 'run', '--run-llm-real', 'packages/talk'], env);

it('a server that stands in for a provider is asked without a key, and nothing else is', {
  timeout: 170_000,
}, () => {
  const { output } = realCalls({ TALK_BASE_URL: address });
  const fates = acme.ledger().tests.map(({ name, status }) => [name, status]);
  expect(fates, output).toEqual([
    ['answers', 'passed'],
    ['spends under the cap of the run', 'passed'],
    ['reaches nothing else', 'failed'],
    // The check of its address before the run: the package is a member of the workspace, with or without a lock file.
    [expect.stringMatching(/^talk > 127\.0\.0\.1:\d+$/), 'passed'],
  ]);
  expect(output).toContain('refused a TCP connection to 127.0.0.1:4444 ');
});

it('without its address it is unavailable, which names the key', { timeout: 170_000 }, () => {
  const { output } = realCalls({});
  expect(acme.ledger().tests.map(({ status }) => status)).not.toContain('passed');
  expect(output).toContain('TALK_API_KEY not set');
});
