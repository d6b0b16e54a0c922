import { ways } from '../way.js';

const RUN = `const { spawnSync } = require('node:child_process'); const fs = require('node:fs');`;

/** Programs and native code under a misleading name. */
export const disguises = [
  ...ways(
    { protocol: 'child', host: 'sh' },
    {
      'a PATH that leads nowhere, and none for the child': `const { PATH } = process.env; process.env.PATH = '/nowhere'; let result;
        try { result = require('node:child_process').spawnSync('sh', ['-c', 'exit 0'], { env: { A: '1' } }); } finally { process.env.PATH = PATH; } //!
        return t.result(result);`,
      'a variable that is nearly PATH': `return t.result(require('node:child_process').spawnSync('sh', ['-c', 'exit 0'], { env: { path: '/nowhere', PATH: '/usr/bin:/bin' } }));`,
      'a program whose name changes between two reads': `let asked = 0; const c = new (require('node:child_process').ChildProcess)();
        c.spawn({ get file() { asked += 1; return asked < 3 ? process.execPath : 'sh'; }, args: ['sh', '-c', 'exit 0'], stdio: 'ignore' }); //!
        return t.end(c);`,
    },
  ),
  ...ways(
    { protocol: 'child', host: 'node' },
    {
      'a copy of a shell, named node': `${RUN} fs.mkdirSync(t.temp + '/copy'); fs.copyFileSync('/bin/sh', t.temp + '/copy/node'); fs.chmodSync(t.temp + '/copy/node', 0o755);
        return t.result(spawnSync(t.temp + '/copy/node', ['-c', 'exit 0'])); //!`,
      'a shell script, named node': `${RUN} fs.mkdirSync(t.temp + '/scripted'); t.write('scripted/node', '#!/bin/sh\\nexit 0\\n', 0o755);
        return t.result(spawnSync(t.temp + '/scripted/node')); //!`,
    },
  ),
  ...ways(
    { protocol: 'child', host: 'tool' },
    {
      'a script whose PATH holds a false node': `${RUN} fs.mkdirSync(t.temp + '/false-path'); fs.copyFileSync('/bin/sh', t.temp + '/false-path/node'); fs.chmodSync(t.temp + '/false-path/node', 0o755);
        return t.result(spawnSync(t.write('false-path/tool', '#!/usr/bin/env node\\n', 0o755), { env: { PATH: t.temp + '/false-path' } })); //!`,
      'a script that names a false node': `${RUN} fs.mkdirSync(t.temp + '/named'); fs.copyFileSync('/bin/sh', t.temp + '/named/node'); fs.chmodSync(t.temp + '/named/node', 0o755);
        return t.result(spawnSync(t.write('named/tool', '#!' + t.temp + '/named/node\\n', 0o755))); //!`,
      'a script with a false env': `${RUN} fs.mkdirSync(t.temp + '/false-env'); fs.copyFileSync('/bin/sh', t.temp + '/false-env/env'); fs.chmodSync(t.temp + '/false-env/env', 0o755);
        return t.result(spawnSync(t.write('false-env/tool', '#!' + t.temp + '/false-env/env node\\n', 0o755))); //!`,
    },
  ),
  ...ways(
    { protocol: 'child', host: 'node --run' },
    {
      "node --run behind a flag's value that is a file": `${RUN} t.write('package.json', '{}');
        return t.result(spawnSync(process.execPath, ['--title', 'package.json', '--run', 'x'], { cwd: t.temp })); //!`,
      'node --run in the first line of a script': `${RUN}
        return t.result(spawnSync(t.write('run-tool', '#!/usr/bin/env -S node --run x\\n', 0o755))); //!`,
    },
  ),
  ...ways(
    { protocol: 'child', host: 'node --build-snapshot' },
    {
      'a snapshot that is built': `return t.result(require('node:child_process').spawnSync(process.execPath, ['--snapshot-blob', t.temp + '/x.blob', '--build-snapshot', t.write('snapshot.cjs', '')]));`,
      'an application of a single file': `return t.result(require('node:child_process').spawnSync(process.execPath, ['--experimental-sea-config', t.write('sea.json', '{}')]));`,
    },
  ),
  ...ways(
    { protocol: 'addon' },
    {
      'native code in a node_modules of its own': {
        code: `require('node:fs').mkdirSync(t.temp + '/node_modules'); process.dlopen({ exports: {} }, t.write('node_modules/made.node', 'x')); //!`,
        expect: { host: /made\.node$/ },
      },
      'native code whose path changes between two reads': {
        code: `let asked = 0; const made = t.write('faces.node', 'x'); process.dlopen({ exports: {} }, { toString: () => (asked++ ? '/x/node_modules/x.node' : made) }); //!`,
        expect: { host: /faces\.node$/ },
      },
      'native code that a child preloads': {
        code: `return t.result(require('node:child_process').spawnSync(process.execPath, ['-e', '0'], { env: { LD_PRELOAD: '/x/escape.so' } }));`,
        expect: { host: '/x/escape.so' },
      },
      'native code that OpenSSL loads': {
        code: `return t.result(require('node:child_process').spawnSync(process.execPath, ['-e', '0'], { env: { OPENSSL_CONF: '/x/escape.cnf' } }));`,
        expect: { host: '/x/escape.cnf' },
      },
      'native code that a flag has OpenSSL load': {
        code: `return t.result(require('node:child_process').spawnSync(process.execPath, ['--openssl-config=/x/escape.cnf', '-e', '0']));`,
        expect: { host: 'node --openssl-config' },
      },
    },
  ),
  ...ways(
    { protocol: 'inspector', host: 'SIGUSR1' },
    {
      'SIGUSR1 as a text': `process._kill(process.pid, String(require('node:os').constants.signals.SIGUSR1));`,
      'SIGUSR1 and a fraction': `process._kill(process.pid, require('node:os').constants.signals.SIGUSR1 + 0.5);`,
    },
  ),
  ...ways(
    { protocol: 'binding' },
    {
      'a binding whose name changes between two reads': {
        code: `let asked = 0; process.binding({ toString: () => (asked++ ? 'fs' : 'tcp_wrap') });`,
        expect: { host: 'tcp_wrap' },
      },
      'foreign functions without a flag': {
        code: `require('node:ffi').dlopen(null, {});`,
        since: 26,
        expect: { host: 'node:ffi' },
      },
      'foreign functions, imported by name': {
        code: `const { dlopen } = await import('node:ffi');
        dlopen(null, {}); //!`,
        since: 26,
        expect: { host: 'node:ffi' },
      },
    },
  ),
  ...ways(
    { protocol: 'inspector', host: '127.0.0.1', port: 0 },
    {
      'a child with --inspect-brk in quotes': `return t.end(require('node:child_process').spawn(process.execPath, ['-e', '0'], { env: { NODE_OPTIONS: '"--inspect-brk=0"' } }));`,
    },
  ),
  ...ways(
    { protocol: 'unix' },
    {
      'a second name for a Unix socket': {
        code: `const fs = require('node:fs'); const name = t.temp + '/second.sock'; try { fs.linkSync(t.outside, name); } catch { fs.writeFileSync(name, ''); fs.linkSync(name, name + '2'); }
        return t.end(require('node:net').connect(name)); //!`,
        expect: { host: /second\.sock$/ },
      },
      'a relative path, the folder being mocked': {
        code: `const { cwd, chdir } = process; const before = cwd(); chdir(require('node:path').dirname(t.outside)); process.cwd = () => t.temp; let socket;
        try { socket = require('node:net').connect(require('node:path').basename(t.outside)); } finally { process.cwd = cwd; chdir(before); } //!
        return t.end(socket);`,
        expect: { host: /\.sock$/ },
      },
    },
  ),
  ...ways(
    { port: '$port' },
    {
      'an AsyncLocalStorage that answers for the guard': `const { AsyncLocalStorage } = require('node:async_hooks'); const { getStore } = AsyncLocalStorage.prototype; let socket;
        AsyncLocalStorage.prototype.getStore = () => ({ policy: { scope: 'none', allowsAddress: () => true, allowsName: () => true, source: {} } });
        try { socket = require('node:net').connect(t.port, t.host); } finally { AsyncLocalStorage.prototype.getStore = getStore; } //!
        return t.end(socket);`,
      'a worker whose flags change between two reads': {
        code: `let asked = 0; process.execArgv.push('@drydock/network-guard/register');
        return t.end(new (require('node:worker_threads').Worker)("require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})", { eval: true, get execArgv() { return asked++ ? [] : undefined; } }));`,
        alone: true,
        expect: { elsewhere: true },
      },
    },
  ),
];
