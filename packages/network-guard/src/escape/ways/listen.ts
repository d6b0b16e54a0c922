import { ways } from '../way.js';

/** Listening on a port. */
export const listen = ways(
  { protocol: 'listen', host: '::', port: 0 },
  {
    'a server': `return t.end(require('node:net').createServer().listen(0)); //!`,
    'a server on loopback': {
      code: `return t.end(require('node:net').createServer().listen(0, '127.0.0.1'));`,
      expect: { host: '127.0.0.1' },
    },
    'an HTTP server': `return t.end(require('node:http').createServer().listen(0));`,
    'an HTTP/2 server': `return t.end(require('node:http2').createServer().listen(0));`,
    'a TLS server': `return t.end(require('node:tls').createServer({}).listen(0));`,
    'a server on a name': {
      code: `return t.end(require('node:net').createServer().listen(0, 'localhost'));`,
      expect: { host: 'localhost' },
    },
    'a native server handle': {
      code: `t.code(require('node:net')._createServerHandle('127.0.0.1', 0, 4));`,
      expect: { host: '127.0.0.1' },
    },
    'a native handle that listens unbound': {
      code: `const s = new (require('node:net').Socket)(); s.on('error', () => {}); s.connect({ host: 'x', port: 1, lookup: () => {} });
        t.code(s._handle.listen(1)); //!
        s.destroy();`,
      expect: { host: 'unknown' },
    },
    'a server in a cluster': {
      code: `const cluster = require('node:cluster'); cluster.setupPrimary({ exec: t.write('worker.cjs', 'const s = require("node:net").createServer(); s.on("error", () => process.exit(0)); s.listen(0)') });
        return t.end(cluster.fork());`,
      expect: { host: /^(::|unknown)$/, elsewhere: true, port: 0 },
    },
  },
);

/** Unix sockets in the file system, and abstract ones. */
export const unix = ways(
  { protocol: 'unix' },
  {
    'a Unix socket': {
      code: `return t.end(require('node:net').connect(t.outside));`,
      expect: { host: '$outside' },
    },
    'a Unix socket under HTTP': {
      code: `return t.end(require('node:http').get({ socketPath: t.outside }));`,
      expect: { host: '$outside' },
    },
    'a Unix socket under TLS': {
      code: `return t.end(require('node:tls').connect({ path: t.outside }));`,
      expect: { host: '$outside' },
    },
    'a link from the temporary folder': {
      code: `const link = t.temp + '/link-' + process.pid; require('node:fs').symlinkSync(t.outside, link);
        return t.end(require('node:net').connect(link)); //!`,
      expect: { host: /link-\d+$/ },
    },
    'a linked folder': {
      code: `const link = t.temp + '/folder-' + process.pid; require('node:fs').symlinkSync(require('node:path').dirname(t.outside), link);
        return t.end(require('node:net').connect(link + '/' + require('node:path').basename(t.outside))); //!`,
      expect: { host: /folder-\d+\/[^/]+$/ },
    },
    'a path that climbs out': {
      code: `return t.end(require('node:net').connect(t.temp + '/../../../../../../..' + t.outside));`,
      expect: { host: /\.\.\/.*$/ },
    },
    'a temporary folder that TMPDIR moves': {
      code: `const { TMPDIR } = process.env; process.env.TMPDIR = require('node:path').dirname(t.outside);
        const socket = require('node:net').connect(t.outside); //!
        if (TMPDIR === undefined) delete process.env.TMPDIR; else process.env.TMPDIR = TMPDIR;
        return t.end(socket);`,
      expect: { host: '$outside' },
    },
    'an abstract socket': {
      code: `return t.end(require('node:net').connect('\\0escape'));`,
      expect: { host: '@escape' },
    },
    'a Unix server': {
      code: `return t.end(require('node:net').createServer().listen(t.outside));`,
      expect: { host: '$outside' },
    },
    'an abstract server': {
      code: `return t.end(require('node:net').createServer().listen('\\0escape-server'));`,
      expect: { host: '@escape-server' },
    },
  },
);
