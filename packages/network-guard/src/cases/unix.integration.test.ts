import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runGuarded } from './run-guarded.fixture.js';

// A server that the guarded script did not start, directly in the system's folder, as PostgreSQL has one there.
const place = path.join(os.tmpdir(), `.s.OTHER.${process.pid}`);
let server: net.Server | undefined;
afterEach(() => server?.close());

const REACH = `
  import fs from 'node:fs'; import net from 'node:net'; import os from 'node:os'; import path from 'node:path';
  const reach = (name) => new Promise((done) => { const socket = net.connect(name); socket.on('connect', () => { socket.destroy(); done('reached'); }).on('error', (error) => done(error.code)); });
  const serve = (name) => new Promise((done) => { const server = net.createServer((socket) => socket.end()).listen(name, () => done(server)); });
`;

it('a socket of another program in the system’s folder is refused, by its name, a link or a new name', async () => {
  server = net.createServer((socket) => socket.end()).listen(place);
  await once(server, 'listening');
  const { stdout, attempts } = await runGuarded(`${REACH}
    const place = ${JSON.stringify(place)};
    // The server was there before this run began.
    process[Symbol.for('@drydock/network-guard/1')].began = Date.now();
    await new Promise((done) => setTimeout(done, 50));
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unix-'));
    fs.symlinkSync(place, path.join(folder, 'link'));
    const results = [await reach(place), await reach(path.join(folder, 'link'))];
    fs.renameSync(place, path.join(folder, 'moved'));
    results.push(await reach(path.join(folder, 'moved')));
    fs.renameSync(path.join(folder, 'moved'), place);
    fs.rmSync(folder, { recursive: true });
    console.log(JSON.stringify(results));
  `);
  expect(JSON.parse(stdout)).toEqual(Array(3).fill('ERR_DRYDOCK_BLOCKED'));
  expect(attempts.map(({ protocol }) => protocol)).toEqual(['unix', 'unix', 'unix']);
  expect(attempts[0]?.reason).toContain('neither bound the socket');
});

it('sockets that the run bound are reached, also from its children and threads, until they close', async () => {
  const { stdout, attempts } = await runGuarded(`${REACH}
    import { execFile } from 'node:child_process';
    const name = path.join(os.tmpdir(), 'own ' + process.pid + '.sock');
    const server = await serve(name);
    const child = 'require("node:net").connect(' + JSON.stringify(name) + ').on("connect", () => { console.log("reached"); process.exit(); }).on("error", (e) => console.log(e.code))';
    const fromChild = await new Promise((done) => execFile(process.execPath, ['-e', child], { env: { TMPDIR: '/nowhere' } }, (error, out) => done(out.trim())));
    console.log(JSON.stringify([await reach(name), fromChild]));
    server.close();
  `);
  expect(JSON.parse(stdout)).toEqual(['reached', 'reached']);
  expect(attempts).toEqual([]);
});

it('a socket that something else binds in a folder that the run made is reached', async () => {
  // The script's own server stands for that of a program, of which the guard knows nothing.
  const { stdout } = await runGuarded(
    `${REACH}
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'made-'));
    const other = path.join(folder, 'other.sock');
    const server = await guard.withPolicy({ tempDirs: [folder] }, () => serve(other));
    process[Symbol.for('@drydock/network-guard/1')].listeners.hasSocket = () => false;
    console.log(await reach(other));
    server.close();
    fs.rmSync(folder, { recursive: true });`,
  );
  expect(stdout.trim()).toBe('reached');
});

it('a rule allows one socket by name, also through a link, and no other', async () => {
  const other = `${place}.other`;
  const abstract = `\0drydock-${process.pid}`;
  const servers = [place, other].map((name) => net.createServer((socket) => socket.end()).listen(name));
  await Promise.all(servers.map((one) => once(one, 'listening')));
  const { stdout, attempts } = await runGuarded(
    `${REACH}
    const [place, other, abstract] = ${JSON.stringify([place, other, abstract])};
    process[Symbol.for('@drydock/network-guard/1')].began = Date.now();
    await new Promise((done) => setTimeout(done, 50));
    const results = [await reach(place), await reach(other)];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unix-'));
    fs.symlinkSync(place, path.join(folder, 'link'));
    results.push(await reach(path.join(folder, 'link')));
    if (process.platform === 'linux') results.push(await reach(abstract), await reach(abstract + '-other'));
    fs.rmSync(folder, { recursive: true });
    console.log(JSON.stringify(results));`,
    { options: { allow: [`unix:${place}`, `unix:@${abstract.slice(1)}`] } },
  );
  for (const one of servers) one.close();
  // Nothing listens there, so that what is let through is refused by the system.
  const onLinux = process.platform === 'linux' ? ['ECONNREFUSED', 'ERR_DRYDOCK_BLOCKED'] : [];
  expect(JSON.parse(stdout)).toEqual(['reached', 'ERR_DRYDOCK_BLOCKED', 'reached', ...onLinux]);
  expect(attempts[0]?.host).toBe(other);
});
