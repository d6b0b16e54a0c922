import { describe, expect, it } from 'vitest';
import { runGuarded } from './run-guarded.fixture.js';

describe('mocking libraries under the guard', () => {
  it('nock answers http, https and fetch, and what it does not answer is refused', async () => {
    const { stdout, attempts } = await runGuarded(`
      import http from 'node:http';
      import https from 'node:https';
      const nock = load('nock');
      nock('http://api.example').get('/a').reply(200, 'one');
      nock('https://api.example').get('/b').reply(201, 'two');
      nock('https://api.example').get('/c').reply(202, { three: 3 });
      const get = (client, url) => new Promise((done, fail) => client.get(url, (response) => {
        let text = ''; response.on('data', (d) => { text += d; }).on('end', () => done([response.statusCode, text]));
      }).on('error', fail));
      console.log(JSON.stringify([
        await get(http, 'http://api.example/a'),
        await get(https, 'https://api.example/b'),
        await fetch('https://api.example/c').then(async (r) => [r.status, await r.json()]),
      ]));
      nock.restore();
      await fetch('http://192.0.2.1:82/').catch(() => {});
    `);
    expect(JSON.parse(stdout)).toEqual([
      [200, 'one'],
      [201, 'two'],
      [202, { three: 3 }],
    ]);
    expect(attempts.map(({ host, port }) => [host, port])).toEqual([['192.0.2.1', 82]]);
  });

  it('msw answers fetch and http, and passes nothing through', async () => {
    const { stdout, attempts } = await runGuarded(`
      import http from 'node:http';
      const { http: rest, HttpResponse } = load('msw');
      const { setupServer } = load('msw/node');
      const server = setupServer(
        rest.get('http://api.example/a', () => HttpResponse.json({ a: 1 })),
        rest.get('https://api.example/b', () => HttpResponse.text('b', { status: 418 })),
      );
      server.listen({ onUnhandledRequest: 'bypass' });
      const viaHttp = await new Promise((done, fail) => http.get('http://api.example/a', (response) => {
        response.resume(); done(response.statusCode);
      }).on('error', fail));
      console.log(JSON.stringify([
        viaHttp,
        await fetch('http://api.example/a').then((r) => r.json()),
        await fetch('https://api.example/b').then(async (r) => [r.status, await r.text()]),
      ]));
      await fetch('http://192.0.2.1:83/').catch(() => {});
      server.close();
    `);
    expect(JSON.parse(stdout)).toEqual([200, { a: 1 }, [418, 'b']]);
    expect(attempts.map(({ host, port }) => [host, port])).toEqual([['192.0.2.1', 83]]);
  });

  it("undici's MockAgent answers, and what it passes through is refused", async () => {
    const { stdout, attempts } = await runGuarded(`
      const { MockAgent, setGlobalDispatcher, fetch, request } = load('undici');
      const agent = new MockAgent();
      setGlobalDispatcher(agent);
      agent.get('http://api.example').intercept({ path: '/a' }).reply(200, 'one').times(2);
      const first = await request('http://api.example/a').then((r) => r.body.text());
      const second = await fetch('http://api.example/a').then((r) => r.text());
      console.log(JSON.stringify([first, second]));
      agent.enableNetConnect();
      await request('http://192.0.2.1:84/').catch(() => {});
    `);
    expect(JSON.parse(stdout)).toEqual(['one', 'one']);
    expect(attempts.map(({ host, port }) => [host, port])).toEqual([['192.0.2.1', 84]]);
  });

  it('a test may stub fetch, lookup and listen', async () => {
    const { stdout, attempts } = await runGuarded(`
      import dns from 'node:dns';
      import net from 'node:net';
      globalThis.fetch = async () => new Response('stub');
      dns.lookup = (name, callback) => callback(null, '192.0.2.9', 4);
      net.Server.prototype.listen = function () { return 'stub'; };
      console.log(JSON.stringify([
        await (await fetch('http://api.example')).text(),
        await new Promise((done) => dns.lookup('api.example', (error, address) => done(address))),
        net.createServer().listen(0),
        guard.canary().active,
      ]));
    `);
    expect(JSON.parse(stdout)).toEqual(['stub', '192.0.2.9', 'stub', true]);
    expect(attempts).toEqual([]);
  });
});
