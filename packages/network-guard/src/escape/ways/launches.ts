import { ways } from '../way.js';

const RUN = `const { fork, spawn, spawnSync } = require('node:child_process'); const fs = require('node:fs');
const dial = "require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})";
const esm = 'import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})';`;

/** Node processes and threads that are started, or get their code, in an unusual way. */
export const launches = [
  ...ways(
    { port: '$port', elsewhere: true },
    {
      'a child whose file of variables empties NODE_OPTIONS': `${RUN} spawnSync(process.execPath, ['--env-file=' + t.write('empty.env', 'NODE_OPTIONS=\\n'), '-e', dial], { env: {} });`,
      'a child that reads its script from standard input': `${RUN} spawnSync(process.execPath, ['-'], { input: dial, env: {} });`,
      'a child that prints the value of its script': `${RUN} spawnSync(process.execPath, ['-p', dial], { env: {} });`,
      'a child with a prompt': `${RUN} spawnSync(process.execPath, ['-i'], { input: dial + '\\n.exit\\n', env: {}, timeout: 5000 });`,
      'a child that requires first': `${RUN} spawnSync(process.execPath, ['-r', t.write('first.cjs', dial), '-e', '0'], { env: {} });`,
      'a child that only prints its usage, behind a module': `${RUN} spawnSync(process.execPath, ['--require=' + t.write('second.cjs', dial), t.write('none.cjs', '')], { env: {} });`,
      'a child without the right to make code of text': `${RUN} spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '-e', dial], { env: {} });`,
      'a child whose intrinsics are frozen': `${RUN} spawnSync(process.execPath, ['--no-warnings', '--frozen-intrinsics', '-e', dial], { env: {} });`,
      'a child without __proto__': `${RUN} spawnSync(process.execPath, ['--disable-proto=delete', '-e', dial], { env: {} });`,
      'a child without addons': `${RUN} spawnSync(process.execPath, ['--no-addons', '-e', dial], { env: {} });`,
      'a child whose links are kept': `${RUN} fs.symlinkSync(t.write('kept.cjs', dial), t.temp + '/kept-link.cjs'); spawnSync(process.execPath, ['--preserve-symlinks-main', t.temp + '/kept-link.cjs'], { env: {} });`,
      'a child whose stack is tiny': `${RUN} spawnSync(process.execPath, ['--stack-trace-limit=0', '-e', dial], { env: {} });`,
      'a child that is watched': {
        code: `${RUN} const c = spawn(process.execPath, ['--watch', t.write('watched-main.cjs', dial)], { env: {}, stdio: 'ignore' }); await t.pause(1500); c.kill('SIGKILL'); return t.end(c);`,
      },
      'a child whose entry is a URL': {
        code: `${RUN} spawnSync(process.execPath, ['--no-warnings', '--entry-url', 'data:text/javascript,' + encodeURIComponent(esm)], { env: {} });`,
        since: 24,
      },
      'a child of TypeScript': {
        code: `${RUN} spawnSync(process.execPath, ['--no-warnings', '--experimental-strip-types', t.write('typed.mts', esm + '; const x: number = 1;')], { env: {} });`,
        since: 24,
      },
      'a child as another user': {
        code: `${RUN} const file = t.write('as-nobody.cjs', dial); fs.chmodSync(t.temp, 0o755); fs.chmodSync(require('node:path').dirname(t.temp), 0o755); spawnSync(process.execPath, [file], { uid: 0, gid: 65534, env: {} });`,
        manyUsers: true,
      },
      'a child of a process in other groups': {
        code: `${RUN} process.setgroups([65534]); spawnSync(process.execPath, ['-e', dial], { env: {} });`,
        alone: true,
        manyUsers: true,
      },
      'a fork over a channel of another format': `${RUN} return t.end(fork(t.write('advanced.cjs', dial), { serialization: 'advanced', execArgv: [], env: {}, silent: true }));`,
      'a child that talks to itself': `${RUN} spawnSync(process.execPath, ['-e', 'process.stdin.on("data", (code) => eval(String(code)))'], { input: dial, env: {} });`,
      'a child that is sent its code': `${RUN} const c = fork(t.write('told.cjs', 'process.once("message", (code) => { eval(code); process.disconnect(); })'), { env: {} }); c.send(dial); return t.end(c);`,
      'a test runner in this process': `${RUN} const { run } = require('node:test'); const stream = run({ files: [t.write('run.test.cjs', 'require("node:test")("x", () => { ' + dial + ' })')] });
        for await (const event of stream) void event;`,
      npm: {
        code: `${RUN} spawnSync('npm', ['ping', '--registry=http://' + t.host + ':' + t.port, '--fetch-retries=0', '--no-update-notifier'], { timeout: 20000, env: { PATH: process.env.PATH, HOME: t.temp } });`,
        needs: 'npm',
      },
      'a thread that is sent its code': `const { Worker } = require('node:worker_threads'); const w = new Worker('require("node:worker_threads").parentPort.once("message", (code) => eval(code))', { eval: true, env: {} });
        w.postMessage("require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})"); return t.end(w);`,
      'a thread with a loader of its own': `const { Worker } = require('node:worker_threads');
        return t.end(new Worker("require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})", { eval: true, execArgv: ['--no-warnings', '--experimental-loader', 'data:text/javascript,export {}'] }));`,
      'loader hooks of a thread': `const { Worker } = require('node:worker_threads'); const hooks = 'data:text/javascript,' + encodeURIComponent('import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})');
        return t.end(new Worker('require("node:module").register(' + JSON.stringify(hooks) + '); setTimeout(() => {}, 300)', { eval: true, env: {}, execArgv: ['--no-warnings'] }));`,
      'loader hooks, registered by a name that was imported': `const { register } = await import('node:module'); register('data:text/javascript,' + encodeURIComponent('import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})')); await t.pause(300);`,
      'a thread that holds this one up': `const { Worker } = require('node:worker_threads'); const shared = new SharedArrayBuffer(4);
        new Worker("const w = require('node:worker_threads').workerData; require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {}); setTimeout(() => Atomics.notify(new Int32Array(w), 0), 50)", { eval: true, workerData: shared });
        Atomics.wait(new Int32Array(shared), 0, 0, 2000);`,
      'a thread that ends at once': {
        code: `const { Worker } = require('node:worker_threads');
        return t.end(new Worker("process.on('exit', () => require('node:dns').lookup('escape.example', () => {})); process.exit(0)", { eval: true }));`,
        expect: { protocol: 'dns', host: 'escape.example', port: undefined },
      },
    },
  ),
  ...ways(
    { protocol: 'child', host: 'node' },
    {
      'a hard link to a shell, named node': `${RUN} fs.mkdirSync(t.temp + '/hard'); try { fs.linkSync(fs.realpathSync('/bin/sh'), t.temp + '/hard/node'); } catch { fs.copyFileSync('/bin/sh', t.temp + '/hard/node'); }
        return t.result(spawnSync(t.temp + '/hard/node', ['-c', 'exit 0'])); //!`,
      'a shell in a working folder, named node': `${RUN} fs.mkdirSync(t.temp + '/here'); fs.copyFileSync('/bin/sh', t.temp + '/here/node'); fs.chmodSync(t.temp + '/here/node', 0o755);
        return t.result(spawnSync('./node', ['-c', 'exit 0'], { cwd: t.temp + '/here' })); //!`,
      'a shell in an empty entry of PATH, named node': `${RUN} fs.mkdirSync(t.temp + '/entry'); fs.copyFileSync('/bin/sh', t.temp + '/entry/node'); fs.chmodSync(t.temp + '/entry/node', 0o755);
        return t.result(spawnSync('node', ['-c', 'exit 0'], { cwd: t.temp + '/entry', env: { PATH: ':/usr/bin' } })); //!`,
      'a program under the name of Node for a fork': `${RUN} fs.mkdirSync(t.temp + '/forked'); fs.copyFileSync('/bin/sh', t.temp + '/forked/node'); fs.chmodSync(t.temp + '/forked/node', 0o755); const { execPath } = process;
        try { process.execPath = t.temp + '/forked/node'; return t.end(fork('x', { stdio: 'ignore' })); } finally { process.execPath = execPath; } //!`,
    },
  ),
  ...ways(
    { protocol: 'child', host: 'renamed' },
    {
      'a copy of Node under another name': `${RUN} fs.symlinkSync('/bin/sh', t.temp + '/renamed');
        return t.result(spawnSync(t.temp + '/renamed', ['-c', 'exit 0'], { argv0: 'node' })); //!`,
    },
  ),
];
