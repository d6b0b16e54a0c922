import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer, type LookupFunction } from 'node:net';
import { Worker } from 'node:worker_threads';
import { faultsOf } from '../faults-of.js';
import { closedPort, tcp } from '../loopback-servers.js';

const fault = faultsOf('Node');

const bothFamilies: LookupFunction = (_host, _options, done) =>
  done(null, [
    { address: '127.0.0.1', family: 4 },
    { address: '127.0.0.2', family: 4 },
  ]);

fault('connect to a closed port', 'environment / refused', async () => {
  await once(connect(await closedPort(), '127.0.0.1'), 'connect');
});

fault('connect to a closed port by a name with two addresses', 'environment / refused', async () => {
  const options = {
    port: await closedPort(),
    host: 'localhost',
    autoSelectFamily: true,
    lookup: bothFamilies,
  };
  await once(connect(options), 'connect');
});

fault('fetch from a closed port', 'environment / refused', async () => {
  await fetch(`http://127.0.0.1:${await closedPort()}/`);
});

fault('the server resets the connection', 'environment / reset', async () => {
  const port = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await once(get({ port, host: '127.0.0.1' }), 'response');
});

fault('fetch, and the server closes before it answers', 'environment / reset', async () => {
  const port = await tcp((socket) => socket.once('data', () => socket.end()));
  await fetch(`http://127.0.0.1:${port}/`);
});

fault('fetch, and the body breaks off', 'environment / reset', async () => {
  const port = await tcp((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
  );
  await (await fetch(`http://127.0.0.1:${port}/`)).text();
});

fault('what answers does not speak HTTP', 'environment / wrong-service', async () => {
  const port = await tcp((socket) => socket.end('-ERR unknown command\r\n'));
  await once(get({ port, host: '127.0.0.1' }), 'response');
});

fault('the name server knows no such name', 'environment / dns', () => resolveThrough(3));
fault('the name server fails', 'environment / dns', () => resolveThrough(2));

fault('no name server listens', 'environment / dns', async () => {
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${await closedPort()}`]);
  await resolver.resolve4('db1.test');
});

fault('the port is taken', 'environment / port-in-use', async () => {
  const port = await tcp(() => {});
  await once(createServer().listen(port, '127.0.0.1'), 'listening');
});

if (existsSync('/dev/full'))
  fault('the disk is full', 'environment / disk-full', () => writeFileSync('/dev/full', 'x'));

fault('a worker reaches its memory limit', 'environment / out-of-memory', async () => {
  const hungry = 'const all = []; for (;;) all.push(new Array(1e5).fill({}));';
  await once(new Worker(hungry, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }), 'exit');
});

/** Asks a name server of our own that answers every question with this code. */
async function resolveThrough(rcode: number): Promise<void> {
  const server: Socket = createSocket('udp4', (question, { port, address }) => {
    const answer = Buffer.from(question);
    answer[2] = 0x81;
    answer[3] = 0x80 | rcode;
    server.send(answer, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  try {
    await resolver.resolve4('db1.test');
  } finally {
    server.close();
  }
}
