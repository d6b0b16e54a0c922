import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { COMPOSE_FILE, compose, composeOf, definitionsOf } from './compose.js';

const SHARED = "shared: { memory: '1g', healthcheck: ['CMD', 'true'] }";
const service = (image: string, shared = SHARED) =>
  `export const service = { backend: 'redis', container: { image: '${image}', port: 6379, env: (password) => ({ P: password }), ${shared} } };\n`;
const tree = (module: string, text = '') => ({
  [COMPOSE_FILE]: text,
  'packages/storage/redis/package.json': {
    name: 'redis',
    type: 'module',
    drydock: { backend: 'redis', service: './dist/service.js' },
  },
  'packages/storage/redis/dist/service.js': module,
});

/** What the command writes for a backend of this module. */
const written = async (module: string) => composeOf(await definitionsOf(planted(tree(module))));
const good = () => written(service('redis:7.4.1'));

const found = async (text: string, module = service('redis:7.4.1')) =>
  (await compose.run(planted(tree(module, text)))).map(({ what }) => what);

it('is content with the images that the services name', async () => {
  expect(await good()).toContain('    image: redis:7.4.1\n');
  expect(await found(await good())).toEqual([]);
});

it('finds an image that is missing or another version', async () => {
  const outdated = [expect.stringContaining('npm run generate')];
  expect(await found('services:\n')).toEqual(outdated);
  expect(await found(await good(), service('redis:8.0.0'))).toEqual(outdated);
});

it('finds an image that is not pinned', async () => {
  const module = service('redis:latest');
  expect(await found(await written(module), module)).toEqual(['redis:latest is not pinned by version']);
});

it('finds a port that is open to others, no healthcheck and no limit', async () => {
  expect(await good()).toContain('    ports: ["${SERVICES_ADDRESS:-127.0.0.1}:6379:6379"]\n');
  const hand = [/\$\{SERVICES_ADDRESS:-127.0.0.1\}:/, / +healthcheck.*\n/, / +mem_limit.*\n/];
  for (const part of hand) expect(await found((await good()).replace(part, ''))).toHaveLength(1);
  const bare = service('redis:7.4.1', '');
  expect(await found(await written(bare), bare)).toEqual([
    expect.stringContaining('no healthcheck and no limit'),
  ]);
});

it('passes the password through the definition, and leaves its value to whoever starts the servers', async () => {
  expect(await good()).toContain('      P: "${SERVICES_PASSWORD:-drydock-password}"\n');
});
