import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGuarded, withLoopback } from './run-guarded.fixture.js';

const HEAD = `
import net from 'node:net';
import dgram from 'node:dgram';
import { once } from 'node:events';
const reach = (options) => new Promise((done) => {
  const socket = net.connect(options);
  socket.on('connect', () => { socket.destroy(); done('reached'); }).on('error', (error) => done(error.code));
});
`;

describe('an endpoint outside of the process', () => {
  const outside = net.createServer((socket) => socket.on('error', () => {}).resume());
  let port = 0;

  beforeAll(async () => {
    await withLoopback(() => once(outside.listen(0), 'listening'));
    ({ port } = outside.address() as net.AddressInfo);
  });

  afterAll(() => outside.close());

  const tryIt = async (options: object, script: string) =>
    JSON.parse((await runGuarded(`${HEAD}const port = ${port};${script}`, { options })).stdout);

  it('is reached on its own port when it is allowed by address, block or name', async () => {
    for (const rule of [`127.0.0.1:${port}`, `127.0.0.0/8:${port}`, `localhost:${port}`, '127.0.0.1']) {
      const result = await tryIt(
        { scope: 'lan', allow: [rule] },
        `console.log(JSON.stringify([await reach({ host: ${JSON.stringify(rule.startsWith('l') ? 'localhost' : '127.0.0.1')}, port }), await reach({ host: '127.0.0.2', port: 1 })]))`,
      );
      expect(result[0], rule).toBe('reached');
      expect(result[1], rule).toBe('ERR_DRYDOCK_BLOCKED');
    }
  });

  it('is not reached through an allowed name that resolves to another address', async () => {
    const result = await tryIt(
      { scope: 'lan', allow: [{ host: 'db.example', port, addresses: ['127.0.0.9'] }] },
      `const lookup = (name, options, done) => options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
       console.log(JSON.stringify([await reach({ host: 'db.example', port, lookup }), guard.attempts().map(({ host, address, reason, frame }) => [host, address, reason, /script.test.mjs:\\d+/.test(frame)])]));`,
    );
    expect(result).toEqual([
      'ERR_DRYDOCK_BLOCKED',
      [['db.example', '127.0.0.1', 'db.example stands for another address', true]],
    ]);
  });

  it('is not reached only because loopback servers are allowed', async () => {
    const result = await tryIt(
      { loopbackServers: true },
      `console.log(JSON.stringify(await reach({ host: '127.0.0.1', port })))`,
    );
    expect(result).toBe('ERR_DRYDOCK_BLOCKED');
  });

  it('cannot be written to by a test that may not reach it, over a connection of one that may', async () => {
    const result = await tryIt(
      {},
      `let socket;
       await guard.runInTest({ id: 'may', policy: { scope: 'lan', allow: ['127.0.0.1:' + port] } }, async () => {
         socket = net.connect(port, '127.0.0.1'); await once(socket, 'connect'); socket.write('fine');
       });
       const code = await guard.runInTest({ id: 'may not' }, () => new Promise((done) => { socket.on('error', (error) => done(error.code)); socket.write('x'); }));
       console.log(JSON.stringify([code, guard.attempts().map(({ test, api }) => [test, api])]));`,
    );
    expect(result).toEqual(['ERR_DRYDOCK_BLOCKED', [['may not', 'write']]]);
  });
});

describe('loopback servers, where the project allows them', () => {
  const loopback = { loopbackServers: true };

  it('can be reached by the test, its children and its threads; a closed one refuses the connection itself', async () => {
    const { stdout } = await runGuarded(
      `${HEAD}
      import { execFileSync } from 'node:child_process';
      import { Worker } from 'node:worker_threads';
      const server = net.createServer((socket) => socket.end());
      await once(server.listen(0), 'listening');
      const { port } = server.address();
      const child = \`const s = require('node:net').connect(\${port}, '127.0.0.1').on('connect', () => { console.log('reached'); s.destroy(); }).on('error', (e) => console.log(e.code))\`;
      const { execFile } = await import('node:child_process');
      const fromChild = await new Promise((done) => execFile(process.execPath, ['-e', child], (error, out) => done(out.trim())));
      const fromWorker = await new Promise((done) => new Worker(\`const { parentPort } = require('node:worker_threads'); const s = require('node:net').connect(\${port}, '127.0.0.1').on('connect', () => { s.destroy(); parentPort.postMessage('reached'); }).on('error', (e) => parentPort.postMessage(e.code))\`, { eval: true, env: {}, execArgv: [] }).on('message', done));
      const own = await reach({ host: '127.0.0.1', port });
      const byName = await reach({ host: 'localhost', port });
      server.close();
      await once(server, 'close');
      console.log(JSON.stringify([own, byName, fromChild, fromWorker, await reach({ host: '127.0.0.1', port })]));`,
      { options: loopback },
    );
    expect(JSON.parse(stdout)).toEqual(['reached', 'reached', 'reached', 'reached', 'ECONNREFUSED']);
  });

  it('are told apart by address: a server on the same port of another address is not reached', async () => {
    const outside = net.createServer((socket) => socket.on('error', () => {}).resume());
    await withLoopback(() => once(outside.listen(0, '127.0.0.1'), 'listening'));
    const { port } = outside.address() as net.AddressInfo;
    const { stdout } = await runGuarded(
      `${HEAD}
      const results = [];
      for (const own of [{ host: '127.0.0.2' }, { host: '::', ipv6Only: true }]) {
        const server = net.createServer((socket) => socket.end()).listen({ port: ${port}, ...own });
        await once(server, 'listening');
        results.push(await reach({ host: '127.0.0.1', port: ${port} }));
        server.close();
      }
      console.log(JSON.stringify(results));`,
      { options: loopback },
    );
    outside.close();
    expect(JSON.parse(stdout)).toEqual(['ERR_DRYDOCK_BLOCKED', 'ERR_DRYDOCK_BLOCKED']);
  });

  // Where the system lists its sockets, the refusal is that of a server that has gone, as a test of a client wants it.
  it('of a thread or a child that was killed cannot be reached any more', async () => {
    const { stdout } = await runGuarded(
      `${HEAD}
      import { spawn } from 'node:child_process';
      import { Worker } from 'node:worker_threads';
      const listen = 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => tell(s.address().port))';
      const child = spawn(process.execPath, ['-e', 'const tell = console.log;' + listen]);
      const [text] = await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'close');
      const worker = new Worker('const tell = (port) => require("node:worker_threads").parentPort.postMessage(port);' + listen, { eval: true });
      const [port] = await once(worker, 'message');
      await worker.terminate();
      console.log(JSON.stringify([await reach({ host: '127.0.0.1', port: Number(text) }), await reach({ host: '127.0.0.1', port })]));`,
      { options: loopback },
    );
    const refused = process.platform === 'linux' ? 'ECONNREFUSED' : 'ERR_DRYDOCK_BLOCKED';
    expect(JSON.parse(stdout)).toEqual([refused, refused]);
  });

  it('of a child can be reached by the test', async () => {
    const { stdout } = await runGuarded(
      `${HEAD}
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', 'const s = require("node:net").createServer((c) => c.end()).listen(0, "127.0.0.1", () => console.log(s.address().port))']);
      const [text] = await once(child.stdout, 'data');
      console.log(JSON.stringify(await reach({ host: '127.0.0.1', port: Number(text) })));
      child.kill();`,
      { options: loopback },
    );
    expect(JSON.parse(stdout)).toBe('reached');
  });

  it('carry datagrams between sockets of the run', async () => {
    const { stdout } = await runGuarded(
      `${HEAD}
      const receiver = dgram.createSocket('udp4');
      receiver.bind(0, '127.0.0.1');
      await once(receiver, 'listening');
      const sender = dgram.createSocket('udp4');
      sender.send('hello', receiver.address().port, '127.0.0.1');
      const [message] = await once(receiver, 'message');
      sender.close(); receiver.close();
      console.log(JSON.stringify(String(message)));`,
      { options: loopback },
    );
    expect(JSON.parse(stdout)).toBe('hello');
  });

  it('that have gone get datagrams that count as no attempt, from the test, its children and its threads', async () => {
    const { stdout, attempts } = await runGuarded(
      `${HEAD}
      import { spawnSync } from 'node:child_process';
      import { Worker } from 'node:worker_threads';
      const ports = [];
      for (const [type, address] of [['udp4', '127.0.0.1'], ['udp6', '::1']]) {
        const receiver = dgram.createSocket(type);
        receiver.bind(0, address);
        await once(receiver, 'listening');
        ports.push([type, receiver.address().port, address]);
        receiver.close();
      }
      const send = (type, port, address) => new Promise((done) => { const socket = dgram.createSocket(type); socket.send('x', port, address, () => { socket.close(); done(); }); });
      for (const place of ports) await send(...place);
      const code = 'const s = require("node:dgram").createSocket("udp4"); s.send("x", ' + ports[0][1] + ', "127.0.0.1", () => s.close())';
      spawnSync(process.execPath, ['-e', code], { env: {} });
      await once(new Worker(code, { eval: true }), 'exit');
      console.log(JSON.stringify(guard.unansweredDatagrams()));`,
      { options: loopback },
    );
    expect(attempts).toEqual([]);
    expect(JSON.parse(stdout)).toBe(4);
  });

  it('work with supertest', async () => {
    const { stdout, attempts } = await runGuarded(
      `import http from 'node:http';
      const request = load('supertest');
      const app = http.createServer((q, s) => s.end('hello ' + q.url));
      const answer = await request(app).get('/x');
      console.log(JSON.stringify([answer.status, answer.text]));`,
      { options: loopback },
    );
    expect(JSON.parse(stdout)).toEqual([200, 'hello /x']);
    expect(attempts).toEqual([]);
  });

  it('cannot listen on another address', async () => {
    const { stdout } = await runGuarded(
      `${HEAD}
      import os from 'node:os';
      const address = Object.values(os.networkInterfaces()).flat().find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '192.0.2.1';
      console.log(JSON.stringify(await new Promise((done) => net.createServer().listen(0, address, () => done('listening')).on('error', (error) => done(error.code)))));`,
      { options: loopback },
    );
    expect(JSON.parse(stdout)).toBe('ERR_DRYDOCK_BLOCKED');
  });
});
