import { ways } from '../way.js';

const NET = `const net = require('node:net'); const fs = require('node:fs'); const path = require('node:path');`;

/** Unix sockets, reached by names that lead somewhere else than they seem to, and through other clients. */
export const paths = [
  ...ways(
    { protocol: 'unix', host: '$outside' },
    {
      'a Unix socket under HTTP/2': `${NET} const session = require('node:http2').connect('http://localhost', { createConnection: () => net.connect(t.outside) }); //!
        return t.end(session);`,
      'a Unix socket under an agent': `${NET} return t.end(require('node:http').request({ createConnection: () => net.connect(t.outside) }).end());`,
      'a Unix socket in undici.Client': {
        code: `return new (t.load('undici').Client)('http://localhost', { socketPath: t.outside }).request({ path: '/', method: 'GET' });`,
        expect: { frame: 'lost' },
      },
      'a Unix socket in an undici.Agent': {
        code: `const { Agent, fetch } = t.load('undici'); return fetch('http://localhost/', { dispatcher: new Agent({ connect: { socketPath: t.outside } }) });`,
        expect: { frame: 'lost' },
      },
      'a Unix socket in a thread': {
        code: `return t.end(new (require('node:worker_threads').Worker)('require("node:net").connect(' + JSON.stringify(t.outside) + ').on("error", () => {})', { eval: true, env: {} }));`,
        expect: { elsewhere: true },
      },
      'a Unix socket in another context': `${NET} return require('node:vm').runInNewContext('t.end(net.connect(t.outside))', { net, t }); //!`,
      'a Unix socket by new Socket()': `${NET} return t.end(new net.Socket().connect({ path: t.outside }));`,
      'a native pipe': `${NET} const s = new net.Socket(); s.on('error', () => {}); s.connect({ path: t.temp + '/none' }); const Pipe = s._handle.constructor; s.destroy();
        t.code(new Pipe(0).connect({}, t.outside) ?? 0); //!`,
    },
  ),
  ...ways(
    { protocol: 'unix' },
    {
      'a name that goes on behind its end': {
        code: `${NET} return t.end(net.connect(t.outside + '\\0' + t.temp));`,
        expect: { host: '$outside' },
      },
      'a name in the temporary folder that goes on behind its end': {
        code: `${NET} const link = t.temp + '/ends'; fs.symlinkSync(t.outside, link);
        return t.end(net.connect(link + '\\0' + 'x')); //!`,
        expect: { host: /ends$/ },
      },
      'a name that is longer than the kernel takes': {
        code: `${NET} const base = '/' + path.basename(t.outside); const folder = t.temp + '/long'; fs.symlinkSync(path.dirname(t.outside), folder);
        let name = folder; while (name.length + base.length + 2 <= 108) name += '/.'; if (name.length + base.length < 108) name += '/'; name += base;
        return t.end(net.connect(name + 'xxxx')); //!`,
        expect: { host: /\/long\// },
        os: 'linux',
        until: 22,
      },
      'a link to the working folder': {
        code: `${NET} const before = process.cwd(); process.chdir(path.dirname(t.outside)); let socket;
        try { socket = net.connect('/proc/self/cwd/' + path.basename(t.outside)); } finally { process.chdir(before); } //!
        return t.end(socket);`,
        expect: { host: /^\/proc\/self\/cwd\// },
        os: 'linux',
      },
      'a link to the root': {
        code: `${NET} return t.end(net.connect(['/proc', 'self', 'root'].join('/') + t.outside));`,
        expect: { host: /^\/proc\/self\/roo[t]\// },
        os: 'linux',
      },
      'a folder by its descriptor': {
        code: `${NET} const folder = fs.openSync(path.dirname(t.outside), 'r'); let socket;
        try { socket = net.connect('/proc/self/fd/' + folder + '/' + path.basename(t.outside)); } finally { fs.closeSync(folder); } //!
        return t.end(socket);`,
        expect: { host: /^\/proc\/self\/fd\// },
        os: 'linux',
      },
      'a socket by its descriptor': {
        code: `${NET} const name = '/proc/' + process.pid + '/fd/0'; fs.symlinkSync(t.outside, t.temp + '/by-number');
        return t.end(net.connect(path.join('/proc/self', 'root', t.temp, 'by-number'))); //!`,
        expect: { host: /by-number$/ },
        os: 'linux',
      },
      'two links in a row': {
        code: `${NET} fs.symlinkSync(t.outside, t.temp + '/one'); fs.symlinkSync(t.temp + '/one', t.temp + '/two');
        return t.end(net.connect(t.temp + '/two')); //!`,
        expect: { host: /two$/ },
      },
      'a relative link': {
        code: `${NET} fs.symlinkSync(path.relative(t.temp, t.outside), t.temp + '/relative');
        return t.end(net.connect(t.temp + '/relative')); //!`,
        expect: { host: /relative$/ },
      },
      'a link that appears between two looks': {
        code: `${NET} const name = t.temp + '/appears'; const { realpathSync } = fs; fs.realpathSync = () => name; fs.symlinkSync(t.outside, name);
        try { return t.end(net.connect(name)); } finally { fs.realpathSync = realpathSync; } //!`,
        expect: { host: /appears$/ },
      },
      'an abstract socket under HTTP': {
        code: `return t.end(require('node:http').get({ socketPath: '\\0escape-http' }));`,
        expect: { host: '@escape-http' },
        os: 'linux',
      },
      'an abstract socket with an end in its name': {
        code: `${NET} return t.end(net.connect('\\0escape\\0more'));`,
        expect: { host: '@escape@more' },
        os: 'linux',
      },
      'an HTTP server on a Unix socket': {
        code: `return t.end(require('node:http').createServer().listen(t.outside));`,
        expect: { host: '$outside' },
      },
      'a server whose name goes on behind its end': {
        code: `${NET} return t.end(net.createServer().listen(t.outside + '\\0' + t.temp));`,
        expect: { host: '$outside' },
      },
    },
  ),
];
