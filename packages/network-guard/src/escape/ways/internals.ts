import { ways } from '../way.js';

const CHILD = `const { spawnSync } = require('node:child_process');`;

/** Native code and Node's internals, by flags, variables and functions that load them. */
export const internals = [
  ...ways(
    { protocol: 'binding', host: 'node --expose-internals' },
    {
      'a child with exposed internals': `${CHILD} return t.result(spawnSync(process.execPath, ['--expose-internals', '-e', '0']));`,
      'a child with exposed internals, spelled otherwise': `${CHILD} return t.result(spawnSync(process.execPath, ['--no-warnings', '--expose_internals', '-e', '0']));`,
      'a fork with exposed internals': `return t.end(require('node:child_process').fork(t.write('inner.cjs', ''), { execArgv: ['--expose-internals'] }));`,
      'a thread with exposed internals': `new (require('node:worker_threads').Worker)('0', { eval: true, execArgv: ['--expose-internals'] });`,
      'a thread whose flags are no plain list': `new (require('node:worker_threads').Worker)('0', { eval: true, execArgv: { length: 1, 0: { toString: () => '--expose_internals' } } });`,
      'a script whose first line exposes internals': `${CHILD}
        return t.result(spawnSync(t.write('exposing', '#!/usr/bin/env -S node --expose-internals\\n', 0o755))); //!`,
    },
  ),
  ...ways(
    { protocol: 'addon' },
    {
      'libraries that a child finds in a folder of its own': {
        code: `${CHILD} require('node:fs').mkdirSync(t.temp + '/libraries');
        return t.result(spawnSync(process.execPath, ['-e', '0'], { env: { LD_LIBRARY_PATH: '/usr/lib:' + t.temp + '/libraries' } })); //!`,
        expect: { host: /libraries$/ },
      },
      'modules of OpenSSL in a folder of its own': {
        code: `${CHILD} require('node:fs').mkdirSync(t.temp + '/modules');
        return t.result(spawnSync(process.execPath, ['-e', '0'], { env: { OPENSSL_MODULES: t.temp + '/modules' } })); //!`,
        expect: { host: /modules$/ },
      },
      'engines of OpenSSL in a folder of its own': {
        code: `${CHILD} require('node:fs').mkdirSync(t.temp + '/engines');
        return t.result(spawnSync(process.execPath, ['-e', '0'], { env: { OPENSSL_ENGINES: t.temp + '/engines' } })); //!`,
        expect: { host: /engines$/ },
      },
      'an auditor of libraries': {
        code: `${CHILD} return t.result(spawnSync(process.execPath, ['-e', '0'], { env: { LD_AUDIT: '/x/audit.so' } }));`,
        expect: { host: '/x/audit.so' },
      },
      'an engine of OpenSSL': {
        code: `require('node:crypto').setEngine(t.temp + '/escape-engine.so');`,
        expect: { host: /escape-engine\.so$/ },
        until: 26,
      },
      'an engine of OpenSSL, imported by name': {
        code: `const { setEngine } = await import('node:crypto');
        setEngine(t.temp + '/escape-engine2.so'); //!`,
        expect: { host: /escape-engine2\.so$/ },
      },
      'an extension of SQLite': {
        code: `const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync(':memory:', { allowExtension: true });
        db.loadExtension(t.temp + '/escape-extension.so'); //!`,
        expect: { host: /escape-extension\.so$/ },
        since: 24,
      },
      'native code through the table of extensions': {
        code: `const file = t.write('table.node', 'x'); require('node:module')._extensions['.node']({ exports: {} }, file); //!`,
        expect: { host: /table\.node$/ },
      },
      'native code through createRequire': {
        code: `const file = t.write('created.node', 'x'); require('node:module').createRequire(__filename)(file); //!`,
        expect: { host: /created\.node$/ },
      },
      'native code through process.mainModule': {
        code: `const file = t.write('loaded.node', 'x'); module.constructor._load(file, module, false); //!`,
        expect: { host: /loaded\.node$/ },
      },
      'native code in a thread': {
        code: `const file = t.write('thread.node', 'x');
        const w = new (require('node:worker_threads').Worker)('process.dlopen({ exports: {} }, ' + JSON.stringify(file) + ')', { eval: true }); w.on('error', () => {}); return new Promise((r) => w.on('exit', () => r()));`,
        expect: { host: /thread\.node$/, elsewhere: true },
      },
      'native code in a child': {
        code: `${CHILD} spawnSync(process.execPath, ['-e', 'process.dlopen({ exports: {} }, ' + JSON.stringify(t.write('child.node', 'x')) + ')'], { env: {} });`,
        expect: { host: /child\.node$/, elsewhere: true },
      },
      'native code behind a link in node_modules': {
        code: `const fs = require('node:fs'); fs.mkdirSync(t.temp + '/linked/node_modules', { recursive: true }); fs.symlinkSync(t.write('behind.node', 'x'), t.temp + '/linked/node_modules/behind.node');
        require(t.temp + '/linked/node_modules/behind.node'); //!`,
        expect: { host: /behind\.node$/ },
      },
    },
  ),
  ...ways(
    { protocol: 'binding', host: 'tcp_wrap' },
    {
      'an internal binding in a thread': {
        code: `const w = new (require('node:worker_threads').Worker)('try { process.binding("tcp_wrap") } catch {}', { eval: true, env: {} }); return t.end(w);`,
        expect: { elsewhere: true },
      },
      'an internal binding in another context': `require('node:vm').runInNewContext("p.binding('tcp_wrap')", { p: process }); //!`,
    },
  ),
  ...ways(
    { port: '$port' },
    {
      'an old module for TLS': {
        code: `return t.end(require('_tls_wrap').connect({ port: t.port, host: t.host }));`,
        expect: { protocol: 'tls' },
        // Node cannot load node:http2 after it.
        alone: true,
        until: 24,
      },
      'an old module for HTTP': {
        code: `const { ClientRequest } = require('_http_client'); return t.end(new ClientRequest({ host: t.host, port: t.port }).end());`,
        until: 24,
      },
      'an old module for agents': {
        code: `const { globalAgent } = require('_http_agent'); return t.end(globalAgent.createConnection({ host: t.host, port: t.port }));`,
        until: 24,
      },
      'the constructor of a request': `return t.end(new (require('node:http').ClientRequest)({ host: t.host, port: t.port }).end());`,
      'a connection through an inspector session': {
        code: `const session = new (require('node:inspector').Session)(); session.connect(); globalThis.requireForWay = require;
        return t.call((cb) => session.post('Runtime.evaluate', { expression: 'requireForWay("node:net").connect(' + t.port + ', "' + t.host + '").on("error", () => {})' }, cb));`,
        expect: { elsewhere: true },
      },
      'a module of a vm': {
        code: `const vm = require('node:vm'); const net = require('node:net');
        const m = new vm.SourceTextModule('globalThis.socket = globalThis.net.connect(' + t.port + ', "' + t.host + '")', { context: vm.createContext({ net }) }); await m.link(() => {}); await m.evaluate(); //!
        return t.end(m.context.socket);`,
        flags: ['--experimental-vm-modules'],
        expect: { elsewhere: true },
      },
      'a function that a vm compiled': `return require('node:vm').compileFunction('return t.end(require("node:net").connect(t.port, t.host))', ['t', 'require'])(t, require); //!`,
      'a module that is compiled by hand': {
        code: `const Module = require('node:module'); const m = new Module('by-hand'); m._compile('require("node:net").connect(' + t.port + ', "' + t.host + '").on("error", () => {})', 'by-hand.js');`,
        expect: { elsewhere: true },
      },
      'a domain': {
        code: `const d = require('node:domain').create(); d.on('error', () => {}); d.run(() => { t.end(require('node:net').connect(t.port, t.host)); }); //!
        await t.pause(20);`,
        alone: true,
      },
      'a prompt in this process': {
        code: `const { PassThrough } = require('node:stream'); const input = new PassThrough(); const server = require('node:repl').start({ input, output: new PassThrough(), terminal: false });
        server.context.t = t; input.end('t.end(require("node:net").connect(t.port, t.host))\\n'); await t.pause(200);`,
        alone: true,
        expect: { elsewhere: true },
      },
    },
  ),
];
