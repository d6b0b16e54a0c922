import { VirtualClock } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import { eventStream, jsonAnswer, redirectAnswer } from './answers.js';
import { WireScriptError } from './exchanges.js';
import { scriptedFetch } from './scripted-fetch.js';
import { CASES, observe } from './scripts.fixture.js';

test.for(Object.entries(CASES))('%s', async ([, scripted]) => {
  const player = scriptedFetch(scripted.script);
  expect(await observe(player, scripted)).toEqual(scripted.observed);
  await player.close();
});

test('pauses pass on the clock alone', async () => {
  const clock = new VirtualClock();
  const slow = eventStream(['a', 'b', 'c'], { headersAfterMs: 60_000, chunkEveryMs: 1_000 });
  const player = scriptedFetch([slow], { clock });
  const text = player.fetch(player.origin).then((response) => response.text());
  expect(await clock.run(text)).toBe('data: a\n\ndata: b\n\ndata: c\n\n');
  expect(clock.now()).toBe(63_000);
  expect(player.exchanges[0]).toMatchObject({ at: 0, end: 'played' });
});

test('a signal ends a pause of the body at once and leaves no timer', async () => {
  const clock = new VirtualClock();
  const giveUp = new AbortController();
  const player = scriptedFetch([eventStream(['a', 'b'], { chunkEveryMs: 1_000 })], { clock });
  const response = await player.fetch(player.origin, { signal: giveUp.signal });
  const reader = response.body?.getReader();
  await clock.run(reader?.read() ?? Promise.reject());
  const second = reader?.read();
  giveUp.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  expect(player.exchanges[0]?.end).toBe('given up');
  await expect.poll(() => clock.pending).toBe(0);
});

test('a reader that leaves gives up', async () => {
  const player = scriptedFetch([eventStream(['a'], { ending: 'stall' })]);
  const response = await player.fetch(player.origin);
  for await (const _ of response.body ?? []) break;
  expect(await player.exchanges[0]?.ended).toBe('given up');
});

test('after the signal nothing is sent', async () => {
  const player = scriptedFetch([jsonAnswer({})]);
  await expect(player.fetch(player.origin, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow(
    'no',
  );
  expect(player.exchanges).toEqual([]);
});

test('a redirect to another origin takes no credentials along, but keys in other headers', async () => {
  const player = scriptedFetch([redirectAnswer('https://other.test/'), jsonAnswer({})]);
  await player.fetch(player.origin, { headers: { authorization: 'k', cookie: 'c', 'x-api-key': 'k' } });
  expect(player.exchanges[1]?.request.headers).toEqual({ 'x-api-key': 'k' });
});

test('a loop of redirects ends', async () => {
  const player = scriptedFetch(() => redirectAnswer('/again'));
  await expect(player.fetch(player.origin)).rejects.toMatchObject({
    message: 'fetch failed',
    cause: { message: 'redirect count exceeded' },
  });
  expect(player.exchanges).toHaveLength(21);
});

test('a request without an answer is an answer with a fault, and told at the end', async () => {
  const player = scriptedFetch([jsonAnswer({})]);
  await player.fetch(player.origin);
  expect((await player.fetch(`${player.origin}/second`)).status).toBe(501);
  await expect(player.close()).rejects.toThrow(WireScriptError);
  await expect(player.close()).rejects.toThrow('Request 2, GET /second');
});

test('a script that fails is told at the end', async () => {
  const player = scriptedFetch(({ body }) => jsonAnswer(JSON.parse(body)));
  expect((await player.fetch(player.origin)).status).toBe(501);
  await expect(player.close()).rejects.toMatchObject({ cause: expect.any(SyntaxError) });
});

test('closing ends what is under way', async () => {
  const player = scriptedFetch([{ headersAfterMs: 'never' }]);
  const waiting = player.fetch(player.origin);
  const refused = expect(waiting).rejects.toThrow();
  await expect.poll(() => player.exchanges.length).toBe(1);
  await player.close();
  await refused;
});
