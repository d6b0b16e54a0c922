import { afterEach, describe, expect, test } from 'vitest';
import { jsonAnswer } from './answers.js';
import { WireScriptError } from './exchanges.js';
import type { WirePlayer } from './player.js';
import { type ScriptedServerOptions, startScriptedServer } from './scripted-server.js';
import { CASES, observe } from './scripts.fixture.js';

let player: WirePlayer | undefined;

async function start(...[script, options]: Parameters<typeof startScriptedServer>): Promise<WirePlayer> {
  player = await startScriptedServer(script, options);
  return player;
}

afterEach(async () => {
  const open = player;
  player = undefined;
  await open?.close();
});

const TRANSPORTS: [string, ScriptedServerOptions][] = [
  ['TCP', {}],
  ['TLS', { tls: true }],
];

describe.for(TRANSPORTS)(
  'over %s, a client sees what it sees without sockets',
  { tags: ['loopback'] },
  ([, options]) => {
    test.for(Object.entries(CASES))('%s', async ([, scripted]) => {
      expect(await observe(await start(scripted.script, options), scripted)).toEqual(scripted.observed);
    });

    test('an answer does not outlast the deadline', async () => {
      const { fetch, origin } = await start([{ headersAfterMs: 'never' }], { ...options, deadlineMs: 20 });
      await expect(fetch(origin)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    });

    test('closing ends what is under way', async () => {
      const { fetch, origin, exchanges, close } = await start([{ headersAfterMs: 'never' }], options);
      const refused = expect(fetch(origin)).rejects.toThrow('fetch failed');
      await expect.poll(() => exchanges.length).toBe(1);
      await close();
      await refused;
    });
  },
);

test('nobody else trusts the certificate', { tags: ['loopback'] }, async () => {
  const { origin } = await start([], { tls: true });
  await expect(globalThis.fetch(origin)).rejects.toMatchObject({
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
});

test('a request without an answer is told at the end', { tags: ['loopback'] }, async () => {
  const { fetch, origin, close } = await start([jsonAnswer({})]);
  await fetch(origin);
  expect((await fetch(origin)).status).toBe(501);
  player = undefined;
  await expect(close()).rejects.toThrow(WireScriptError);
});
