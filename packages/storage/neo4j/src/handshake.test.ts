import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createNeo4jAdapter } from './adapter.js';
import { SECRET } from './cases/conformance.fixture.js';
import { FakeNeo4j } from './fake/index.js';
import { gatherHandshake } from './handshake.js';

test.each([
  ['a version', [0, 0, 4, 4]],
  ['a list of versions', [0, 0, 1, 255, 2, 0, 8, 8, 5, 0, 2, 4, 4, 0x81, 1]],
])('%s is passed on when it is whole, and what follows as it comes', (_, answer) => {
  const stream = new PassThrough();
  gatherHandshake(stream);
  const seen: Buffer[] = [];
  stream.on('data', (chunk) => seen.push(chunk));
  for (const byte of answer) stream.emit('data', Buffer.from([byte]));
  expect(seen).toEqual([Buffer.from(answer)]);
  stream.emit('data', Buffer.from([7]));
  expect(seen).toHaveLength(2);
});

test('an adapter connects although every byte comes by itself', async () => {
  const server = new FakeNeo4j({ password: SECRET });
  const stream = () => {
    const inner = server.driver.stream();
    const push = inner.push.bind(inner);
    inner.push = (chunk: Buffer | null) => {
      if (chunk === null) return push(null);
      return [...chunk].map((byte) => push(Buffer.from([byte]))).at(-1) ?? true;
    };
    return inner;
  };
  const adapter = createNeo4jAdapter({
    ...server.config,
    driver: { stream },
    namespace: 'App',
    labels: ['Person'],
  });
  await adapter.connect();
  expect(await adapter.retrieve('a')).toBeNull();
  await adapter.disconnect();
});
