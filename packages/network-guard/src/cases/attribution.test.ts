import { describe, expect, it } from 'vitest';
import { runGuarded } from './run-guarded.fixture.js';

const HEAD = `
import dns from 'node:dns';
import net from 'node:net';
const dial = (port) => new Promise((done) => net.connect(port, '192.0.2.1').on('error', done));
const test = (id, fn, policy) => guard.runInTest({ id, name: 'test ' + id, file: id + '.test.ts', policy }, fn);
`;

const blame = (attempts: { test?: string | undefined; port?: number | undefined }[]) =>
  Object.fromEntries(attempts.map(({ test, port }) => [port, test]));

describe('the test that is blamed', () => {
  it('is the one that connected, also when tests run at the same time', async () => {
    const { attempts } = await runGuarded(`${HEAD}
      const slow = (ms) => new Promise((r) => setTimeout(r, ms));
      await Promise.all([
        test('a', async () => { await slow(20); await dial(1); }),
        test('b', async () => { await slow(10); await dial(2); await slow(20); await dial(3); }),
        test('c', async () => { setTimeout(() => dial(4), 40); }),
      ]);
      await test('d', async () => { await slow(60); await dial(5); });
      await dial(6);
    `);
    expect(blame(attempts)).toEqual({ 1: 'a', 2: 'b', 3: 'b', 4: 'c', 5: 'd', 6: undefined });
  });

  it('is replaced by its file where no test is known: at import, between tests, at exit', async () => {
    const { attempts } = await runGuarded(`${HEAD}
      guard.setCurrentFile('first.test.ts');
      await dial(1);
      await test('a', () => dial(2));
      guard.setCurrentFile('second.test.ts');
      process.on('exit', () => dns.lookup('exit.example', () => {}));
    `);
    expect(attempts.map(({ file, test, host }) => [file, test, host])).toEqual([
      ['first.test.ts', undefined, '192.0.2.1'],
      ['a.test.ts', 'a', '192.0.2.1'],
      ['second.test.ts', undefined, 'exit.example'],
    ]);
  });

  it('is also blamed for its children and threads', async () => {
    const { attempts } = await runGuarded(`${HEAD}
      import { spawnSync } from 'node:child_process';
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      const code = (port) => \`require('node:net').connect(\${port}, '192.0.2.1').on('error', () => {})\`;
      await test('a', () => { spawnSync(process.execPath, ['-e', code(1)], { env: {} }); });
      await test('b', () => once(new Worker(code(2), { eval: true, env: {}, execArgv: [] }), 'exit'));
      console.log(JSON.stringify([guard.takeAttempts('a').length, guard.takeAttempts('b').length, guard.attempts().length]));
    `);
    expect(blame(attempts)).toEqual({ 1: 'a', 2: 'b' });
  });
});

describe('attempts', () => {
  it('are taken by test, and those of children come along', async () => {
    const { stdout } = await runGuarded(`${HEAD}
      import { spawnSync } from 'node:child_process';
      const seen = [];
      const stop = guard.onAttempt(({ port }) => seen.push(port));
      await test('a', async () => {
        await dial(1);
        spawnSync(process.execPath, ['-e', "require('node:net').connect(2, '192.0.2.1').on('error', () => {})"]);
      });
      await dial(3);
      const ports = (list) => list.map(({ port }) => port);
      const result = [ports(guard.takeAttempts('a')), ports(guard.takeAttempts(null)), ports(guard.attempts()), seen];
      stop();
      await dial(4);
      console.log(JSON.stringify([...result, ports(guard.takeAttempts())]));
    `);
    expect(JSON.parse(stdout)).toEqual(
      [[1, 2], [3], [], [1, 3, 2], [4]].map((ports, index) =>
        index === 3 ? expect.arrayContaining(ports) : ports,
      ),
    );
  });

  it('of a client that never gives up are always refused and recorded a hundred times', async () => {
    const { attempts, stdout } = await runGuarded(`${HEAD}
      const codes = new Set();
      for (let i = 0; i < 150; i++) codes.add((await dial(1)).code);
      console.log([...codes]);
    `);
    expect(stdout).toBe("[ 'ERR_DRYDOCK_BLOCKED' ]\n");
    expect(attempts).toHaveLength(100);
  });

  it.each([
    [
      "Node's agent",
      `import http from 'node:http'; const agent = new http.Agent({ maxSockets: 1 });
       const get = () => new Promise((done) => http.get({ host: '192.0.2.1', port: 81, agent }).on('error', done));`,
    ],
    [
      "undici's client",
      `const client = new (load('undici').Client)('http://192.0.2.1:81');
       const get = () => client.request({ path: '/', method: 'GET' }).catch(() => {});`,
    ],
    [
      "undici's pool",
      `const client = new (load('undici').Pool)('http://192.0.2.1:81', { connections: 1 });
       const get = () => client.request({ path: '/', method: 'GET' }).catch(() => {});`,
    ],
  ])('in a queue of %s are recorded for each test that waits in it', async (_name, queue) => {
    const { stdout } = await runGuarded(`${HEAD} ${queue}
      await Promise.all([test('a', () => get()), test('b', () => get()), test('c', () => new Promise((done) => setTimeout(done, 20)))]);
      await new Promise((done) => setTimeout(done, 50));
      console.log(JSON.stringify(['a', 'b', 'c'].map((id) => guard.takeAttempts(id).length > 0)));
    `);
    expect(JSON.parse(stdout)).toEqual([true, true, false]);
  });

  it('contain no secret and name the line of the user', async () => {
    const { attempts, stdout } = await runGuarded(
      `await fetch('http://192.0.2.1:81/path?key=hunter2', { headers: { authorization: 'hunter2' } }).catch((error) => {
        console.log(error.cause.message);
      });`,
    );
    expect(attempts).toMatchObject([
      {
        protocol: 'tcp',
        host: '192.0.2.1',
        port: 81,
        frame: expect.stringMatching(/script\.test\.mjs:2:\d+$/),
      },
    ]);
    expect(JSON.stringify(attempts) + stdout).not.toContain('hunter2');
  });
});

describe('a policy', () => {
  it('applies to the test, the file or the block that it was given for', async () => {
    const { stdout } = await runGuarded(`${HEAD}
      const allow = { scope: 'lan', allow: ['127.0.0.1:49998'] };
      const code = () => new Promise((done) => net.connect(49998, '127.0.0.1').on('error', (error) => done(error.code)));
      const codes = [
        await code(),
        await test('a', code, allow),
        await test('b', code),
        await guard.withPolicy(allow, code),
      ];
      guard.setCurrentFile('x.test.ts', allow);
      codes.push(await code());
      guard.setCurrentFile(undefined);
      codes.push(await code());
      guard.setPolicy(allow);
      codes.push(await code());
      guard.setPolicy({});
      codes.push(await code());
      console.log(codes.map((c) => (c === 'ERR_DRYDOCK_BLOCKED' ? 'no' : 'yes')).join(' '));
    `);
    expect(stdout.trim()).toBe('no yes no yes yes no yes no');
  });
});
