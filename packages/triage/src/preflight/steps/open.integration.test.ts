import { afterEach, expect, test } from 'vitest';
import { Servers } from '../servers.fixture.js';
import { connectTcp } from './tcp.js';

// @module-tag loopback
const servers = new Servers();
afterEach(() => servers.close());

const TARGET = { name: 'groq', kind: 'provider', host: 'api.groq.example', port: 443, http: true } as const;

/** A proxy that answers every CONNECT with this status, and what it was asked. */
async function proxyAnswering(status: string) {
  const asked: string[] = [];
  const port = await servers.tcp((socket) =>
    socket.once('data', (data: Buffer) => {
      asked.push(data.toString());
      socket.write(`HTTP/1.1 ${status}\r\n\r\n`);
    }),
  );
  return { asked, proxy: new URL(`http://user:pass%20word@127.0.0.1:${port}`) };
}

test('a proxy is asked for the endpoint by its name, with the login of its address', async () => {
  const { asked, proxy } = await proxyAnswering('200 Connection established');
  await expect(connectTcp(TARGET, { addresses: [], proxy }, 5_000)).resolves.toMatchObject({
    evidence: `connected through ${proxy.host}`,
  });
  expect(asked[0]).toContain('CONNECT api.groq.example:443');
  expect(asked[0]).toContain(`Basic ${btoa('user:pass word')}`);
});

test.each([
  ['407 Proxy Authentication Required', 'HTTP_407'],
  ['403 Forbidden', 'HTTP_403'],
])('a proxy that answers %s is named', async (status, code) => {
  const { proxy } = await proxyAnswering(status);
  const error = await connectTcp(TARGET, { addresses: [], proxy }, 5_000).catch((reason) => reason);
  expect(error).toMatchObject({ code, message: expect.stringContaining(proxy.host) });
  expect(error.message).not.toContain('pass');
});

test('a proxy that never answers is bounded', async () => {
  const silent = new URL(`http://127.0.0.1:${await servers.tcp()}`);
  await expect(connectTcp(TARGET, { addresses: [], proxy: silent }, 50)).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  });
});
