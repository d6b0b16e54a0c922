import { expect, it } from 'vitest';
import { isInstalled } from '../index.cjs';
import { runGuarded } from './run-guarded.fixture.js';

// A setup file installs the guard after other modules were loaded and kept what they import.
it('the guard refuses calls through references that were taken before it was installed', async () => {
  const { stdout, attempts } = await runGuarded(
    `
    import child from 'node:child_process';
    import dgram from 'node:dgram';
    import dns, { lookup as namedLookup } from 'node:dns';
    import { lookup as promised, Resolver as PromiseResolver } from 'node:dns/promises';
    import http from 'node:http';
    import inspector from 'node:inspector';
    import net from 'node:net';
    import { Worker } from 'node:worker_threads';

    const kept = {
      connect: net.connect, socketConnect: net.Socket.prototype.connect, get: http.get, fetch: globalThis.fetch,
      listen: net.Server.prototype.listen, send: dgram.Socket.prototype.send, lookup: dns.lookup,
      spawn: child.spawn, spawnSync: child.spawnSync, Worker,
    };
    const resolver = new dns.Resolver();
    const promiseResolver = new PromiseResolver();
    const datagrams = dgram.createSocket('udp4');
    const socket = new net.Socket();
    const agent = new http.Agent({ keepAlive: true });
    const { binding } = process;
    install();

    const event = (emitter) => new Promise((done) => emitter.on('error', done).on('listening', () => done()));
    const call = (run) => new Promise((done) => run(done));
    const thrown = (run) => { try { run(); } catch (error) { return error; } };
    const results = {
      connect: await event(kept.connect(1, '192.0.2.1')),
      name: await event(kept.connect(2, 'a.example')),
      socketConnect: await event(kept.socketConnect.call(socket, 3, '192.0.2.1')),
      get: await event(kept.get({ host: '192.0.2.1', port: 4, agent })),
      fetch: await kept.fetch('http://192.0.2.1:5').catch((error) => error.cause),
      lookup: await call((done) => kept.lookup('b.example', done)),
      namedLookup: await call((done) => namedLookup('c.example', done)),
      promised: await promised('d.example').catch((error) => error),
      resolver: await call((done) => resolver.resolve4('e.example', done)),
      promiseResolver: await promiseResolver.resolve4('f.example').catch((error) => error),
      send: await call((done) => { datagrams.on('error', done); kept.send.call(datagrams, 'x', 6, '192.0.2.1', done); }),
      listen: await event(kept.listen.call(net.createServer(), 0)),
      spawn: await event(kept.spawn('sh', ['-c', 'exit 0'])),
      spawnSync: kept.spawnSync('sh', ['-c', 'exit 0']).error,
      worker: thrown(() => new kept.Worker('', { eval: true })),
      inspector: thrown(() => inspector.open(0)),
    };
    datagrams.close();
    console.log(JSON.stringify(Object.fromEntries(Object.entries(results).map(([key, error]) => [key, error?.code]))));
  `,
    { late: true },
  );
  const codes: Record<string, string> = JSON.parse(stdout);
  const bare = Object.entries(codes).filter(([, code]) => code !== 'ERR_DRYDOCK_BLOCKED');
  // The native handle refuses with a number, from which Node makes its own error.
  const expected = isInstalled() ? [] : ['listen EACCES'];
  expect(bare.map(([key, code]) => `${key} ${code}`)).toEqual(expected);
  expect(attempts.length).toBeGreaterThanOrEqual(Object.keys(codes).length);
});
