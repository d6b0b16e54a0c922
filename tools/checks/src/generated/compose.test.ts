import { expect, it } from 'vitest';
import { planted } from '../planted.fixture.js';
import { compose } from './compose.js';

const service = "export const service = {\n  container: {\n    image: 'redis:7.4.1',\n  },\n};\n";
const good = [
  'services:',
  '  redis:',
  '    image: redis:7.4.1',
  "    ports: ['${ADDRESS:-127.0.0.1}:6379:6379']",
  '    mem_limit: 1g',
  '    healthcheck: { test: x }',
  '',
].join('\n');

const found = async (text: string, image = 'redis:7.4.1') => {
  const tree = {
    'compose.yaml': text,
    'packages/storage/redis/src/service.ts': service.replace('redis:7.4.1', image),
  };
  return (await compose.run(planted(tree))).map(({ what }) => what);
};

it('is content with the images that the services name', async () => {
  expect(await found(good)).toEqual([]);
});

it('finds an image that is missing or another version', async () => {
  expect(await found(good, 'redis:8.0.0')).toEqual([expect.stringContaining('redis:8.0.0')]);
});

it('finds an image that is not pinned', async () => {
  expect(await found(good.replace('redis:7.4.1', 'redis:latest'), 'redis:latest')).toEqual([
    'redis:latest is not pinned by version',
  ]);
});

it('finds a port that is open to others, no healthcheck and no limit', async () => {
  const bare = good.replace(/.*(?:mem_limit|healthcheck).*\n/g, '').replace('${ADDRESS:-127.0.0.1}:', '');
  expect(await found(bare)).toHaveLength(3);
});
