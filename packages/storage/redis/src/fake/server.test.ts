import { expect, test } from 'vitest';
import { manageServer, raw, server } from '../cases/offline.fixture.js';

manageServer();

test('a pipeline is one request, and a planted error answers each of its commands', async () => {
  const before = server.requests;
  server.answer(/^set ž 1\nget ž$/, 'LOADING planted');
  const replies = await raw.pipeline().set('ž', 1).get('ž').exec();
  expect(replies?.map(([error]) => error?.message)).toEqual(['LOADING planted', 'LOADING planted']);
  expect(server.requests - before).toBe(1);
  expect(server.keys).toEqual([]);
});

test('requests behind one that is held are answered after it, in their order', async () => {
  const held = server.hold('get a');
  const answers: unknown[] = [];
  const first = raw.get('a').then((value) => answers.push(value));
  await held.reached;
  const second = raw.set('a', 1).then((value) => answers.push(value));
  await new Promise(setImmediate);
  expect(answers).toEqual([]);
  held.release();
  await Promise.all([first, second]);
  expect(answers).toEqual([null, 'OK']);
});

test('requests that come during a silence are answered when it is over', async () => {
  server.silence();
  const answer = raw.set('a', 1);
  await new Promise(setImmediate);
  expect(server.keys).toEqual([]);
  server.recover();
  await expect(answer).resolves.toBe('OK');
});
