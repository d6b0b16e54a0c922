import { ways } from '../way.js';

const DIAL = `require('node:net').connect(PORT, 'HOST').on('error', () => {})`;
const dial = `${JSON.stringify(DIAL)}.replace('PORT', t.port).replace('HOST', t.host)`;

/** Programs that would run without the guard. */
export const programs = ways(
  { protocol: 'child', host: 'sh' },
  {
    spawn: `return t.end(require('node:child_process').spawn('sh', ['-c', 'exit 0']));`,
    'spawn with a path': `return t.end(require('node:child_process').spawn('/bin/sh', ['-c', 'exit 0']));`,
    exec: `return t.call((cb) => require('node:child_process').exec('exit 0', cb));`,
    'exec, promisified': `return require('node:util').promisify(require('node:child_process').exec)('exit 0');`,
    execFile: `return t.call((cb) => require('node:child_process').execFile('sh', ['-c', 'exit 0'], cb));`,
    spawnSync: `return t.result(require('node:child_process').spawnSync('sh', ['-c', 'exit 0']));`,
    execSync: `return require('node:child_process').execSync('exit 0');`,
    execFileSync: `return require('node:child_process').execFileSync('sh', ['-c', 'exit 0']);`,
    'a shell for Node': `return t.end(require('node:child_process').spawn('node -v', { shell: true }));`,
    'a detached program': `return t.end(require('node:child_process').spawn('sh', ['-c', 'exit 0'], { detached: true, stdio: 'ignore' }));`,
    'new ChildProcess()': `const c = new (require('node:child_process').ChildProcess)(); c.spawn({ file: 'sh', args: ['sh', '-c', 'exit 0'], stdio: 'ignore' }); //!
        return t.end(c);`,
    'fork with another program': `return t.end(require('node:child_process').fork('x', { execPath: '/bin/sh', stdio: 'ignore' }));`,
    'a program under the name of Node': {
      code: `require('node:fs').symlinkSync('/bin/sh', t.temp + '/node');
        return t.end(require('node:child_process').spawn(t.temp + '/node', ['-c', 'exit 0'])); //!`,
      expect: { host: 'node' },
    },
    'a script for a shell': {
      code: `const file = t.write('tool', '#!/bin/sh\\nexit 0\\n', 0o755);
        return t.end(require('node:child_process').spawn(file)); //!`,
      expect: { host: 'tool' },
    },
    'node --run': {
      code: `return t.end(require('node:child_process').spawn(process.execPath, ['--run', 'x'], { stdio: 'ignore' }));`,
      expect: { host: 'node --run' },
    },
    'node --run behind another flag': {
      code: `return t.end(require('node:child_process').spawn(process.execPath, ['--disable-warning', 'X', '--run', 'x'], { stdio: 'ignore' }));`,
      expect: { host: 'node --run' },
    },
    'process.execve': {
      code: `if (!process.execve) return t.skip(); process.execve('/bin/sh', ['sh', '-c', 'exit 0'], {}); //!`,
      since: 24,
    },
  },
);

/** Node in another process or thread, to which the guard is passed on. */
export const descendants = ways(
  { port: '$port', elsewhere: true },
  {
    'a child that is given another temporary folder': {
      code: `const dial = "require('node:net').connect('" + t.outside + "').on('error', () => {})";
        const env = { ...process.env, TMPDIR: require('node:path').dirname(t.outside) };
        return t.end(require('node:child_process').spawn(process.execPath, ['-e', dial], { stdio: 'ignore', env }));`,
      expect: { protocol: 'unix', host: '$outside', port: undefined },
    },
    'a Node child': `return t.end(require('node:child_process').spawn(process.execPath, ['-e', ${dial}]));`,
    'a Node child without environment': `return t.end(require('node:child_process').spawn(process.execPath, ['-e', ${dial}], { env: {} }));`,
    'a Node child with NODE_OPTIONS of its own': `return t.end(require('node:child_process').spawn(process.execPath, ['-e', ${dial}], { env: { NODE_OPTIONS: '--no-warnings' } }));`,
    'a Node child, NODE_OPTIONS deleted': `const kept = process.env.NODE_OPTIONS; delete process.env.NODE_OPTIONS;
        const c = require('node:child_process').spawn(process.execPath, ['-e', ${dial}]); if (kept) process.env.NODE_OPTIONS = kept; return t.end(c);`,
    'a Node child, synchronously': `require('node:child_process').spawnSync(process.execPath, ['-e', ${dial}]);`,
    'execFileSync of Node': `t.quietly(() => require('node:child_process').execFileSync(process.execPath, ['-e', ${dial}]));`,
    fork: `return t.end(require('node:child_process').fork(t.write('forked.cjs', ${dial})));`,
    'fork without execArgv': `return t.end(require('node:child_process').fork(t.write('forked2.cjs', ${dial}), { execArgv: [], env: {} }));`,
    'a script for Node': `return t.end(require('node:child_process').spawn(t.write('script', '#!/usr/bin/env node\\n' + ${dial}, 0o755)));`,
    'a module child': `return t.end(require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', 'import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})']));`,
    'a child that imports first': `return t.end(require('node:child_process').spawn(process.execPath, ['--import', 'data:text/javascript,import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})', '-e', '0']));`,
    'a child with a loader': `return t.end(require('node:child_process').spawn(process.execPath, ['--no-warnings', '--experimental-loader', 'data:text/javascript,import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})', t.write('main.mjs', 'await new Promise((r) => setTimeout(r, 50))')]));`,
    'a child behind a proxy': {
      code: `return t.end(require('node:child_process').spawn(process.execPath, ['--no-warnings', '-e', 'fetch("http://escape.example/").catch(() => {})'], { env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://' + t.host + ':' + t.port } }));`,
      // Node 26 reports the host of the request, not the proxy.
      expect: { host: /^(127\.0\.0\.1|escape\.example)$/ },
      since: 24,
    },
    'a child that runs tests': `const file = t.write('inner.test.cjs', 'require("node:test")("inner", () => { ' + ${dial} + ' })');
        return t.end(require('node:child_process').spawn(process.execPath, ['--test', file], { stdio: 'ignore' }));`,
    'a grandchild': `return t.end(require('node:child_process').spawn(process.execPath, ['-e', 'delete process.env.NODE_OPTIONS; require("node:child_process").spawnSync(process.execPath, ["-e", ' + JSON.stringify(${dial}) + '], { env: {} })']));`,
    'a worker in a child': `return t.end(require('node:child_process').spawn(process.execPath, ['-e', 'new (require("node:worker_threads").Worker)(' + JSON.stringify(${dial}) + ', { eval: true, env: {}, execArgv: [] })']));`,
    'execve of Node': {
      code: `return t.end(require('node:child_process').spawn(process.execPath, ['--no-warnings', '-e', 'process.execve(process.execPath, [process.execPath, "-e", ' + JSON.stringify(${dial}) + '], {})']));`,
      since: 24,
    },
    'a worker': `return t.end(new (require('node:worker_threads').Worker)(${dial}, { eval: true }));`,
    'a worker without environment': `return t.end(new (require('node:worker_threads').Worker)(${dial}, { eval: true, env: {} }));`,
    'a worker with flags of its own': `return t.end(new (require('node:worker_threads').Worker)(${dial}, { eval: true, execArgv: [] }));`,
    'a worker with neither': `return t.end(new (require('node:worker_threads').Worker)(${dial}, { eval: true, execArgv: ['--no-warnings'], env: {} }));`,
    'a worker that shares its environment': `return t.end(new (require('node:worker_threads').Worker)(${dial}, { eval: true, env: require('node:worker_threads').SHARE_ENV }));`,
    'a worker from a file': `return t.end(new (require('node:worker_threads').Worker)(t.write('thread.cjs', ${dial})));`,
    'a worker from a data URL': `return t.end(new (require('node:worker_threads').Worker)(new URL('data:text/javascript,import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})')));`,
    'a subclass of Worker': `class Mine extends require('node:worker_threads').Worker {} return t.end(new Mine(${dial}, { eval: true, env: {}, execArgv: [] }));`,
    "a worker's constructor": `const { Worker } = require('node:worker_threads'); return t.end(new (Worker.prototype.constructor)(${dial}, { eval: true, env: {}, execArgv: [] }));`,
    'a worker in a worker': `return t.end(new (require('node:worker_threads').Worker)('new (require("node:worker_threads").Worker)(' + JSON.stringify(${dial}) + ', { eval: true, env: {}, execArgv: [] })', { eval: true, env: {} }));`,
    'a worker, imported by name': `const { Worker } = await import('node:worker_threads'); return t.end(new Worker(${dial}, { eval: true, env: {}, execArgv: [] }));`,
    'synchronous loader hooks': {
      code: `require('node:module').registerHooks({ resolve(s, c, next) { if (s === 'x:y') require('node:net').connect(t.port, t.host).on('error', () => {}); return next(s, c); } });
        t.quietly(() => require('x:y')); await t.pause(50);`,
      since: 24,
    },
    'loader hooks': {
      code: `require('node:module').register('data:text/javascript,import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {})'); await t.pause(300);`,
    },
  },
);
