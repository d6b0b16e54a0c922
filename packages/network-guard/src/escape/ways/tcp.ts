import { ways } from '../way.js';

const HANDLE = `const net = require('node:net');
const probe = new net.Socket(); probe.on('error', () => {}); probe.connect({ host: 'x', port: 1, lookup: () => {} });
const TCP = probe._handle.constructor; probe.destroy();`;

/** Plain TCP, from the public API down to the native handle. */
export const tcp = ways(
  { port: '$port' },
  {
    'net.connect': `const s = require('node:net').connect(t.port, t.host); //!
      return t.end(s);`,
    'net.createConnection': `return t.end(require('node:net').createConnection({ port: t.port, host: t.host }));`,
    'new Socket().connect': `return t.end(new (require('node:net').Socket)().connect(t.port, t.host));`,
    'the old name net.Stream': `return t.end(new (require('node:net').Stream)().connect(t.port, t.host));`,
    'a name': {
      code: `return t.end(require('node:net').connect(t.port, t.name));`,
      expect: { host: '$name' },
    },
    'a name without happy eyeballs': {
      code: `return t.end(require('node:net').connect({ port: t.port, host: t.name, autoSelectFamily: false }));`,
      expect: { host: '$name' },
    },
    'a lookup of its own': {
      code: `return t.end(require('node:net').connect({ port: t.port, host: 'mine.example', lookup: (n, o, cb) => o.all ? cb(null, [{ address: t.host, family: 4 }]) : cb(null, t.host, 4) }));`,
      expect: { host: 'mine.example' },
    },
    'IPv6 loopback': {
      code: `return t.end(require('node:net').connect(t.port, '::1'));`,
      expect: { host: '::1' },
    },
    'IPv4 inside IPv6': {
      code: `return t.end(require('node:net').connect(t.port, '::ffff:127.0.0.1'));`,
      expect: { host: '::ffff:127.0.0.1' },
    },
    'a number for an address': {
      code: `return t.end(require('node:net').connect(t.port, '2130706433'));`,
      expect: { host: '2130706433' },
    },
    'a bound local end': `return t.end(require('node:net').connect({ port: t.port, host: t.host, localAddress: '127.0.0.1' }));`,
    'connect taken from the prototype': `return t.end(require('node:net').Socket.prototype.connect.call(new (require('node:net').Socket)(), { port: t.port, host: t.host }));`,
    'a native handle': {
      code: `${HANDLE}
        t.code(new TCP(0).connect({}, t.host, t.port)); //!`,
    },
    'a native handle, IPv6': {
      code: `${HANDLE}
        t.code(new TCP(0).connect6({}, '::1', t.port)); //!`,
      expect: { host: '::1' },
    },
    'the method of a handle applied to another': `${HANDLE}
        t.code(Reflect.apply(TCP.prototype.connect, new TCP(0), [{}, t.host, t.port])); //!`,
    'a handle that async_hooks showed': `const seen = []; const hook = require('node:async_hooks').createHook({ init: (a, type, b, resource) => { if (type === 'TCPWRAP') seen.push(resource); } }).enable();
        const s = new (require('node:net').Socket)(); s.on('error', () => {}); s.connect({ host: 'x', port: 1, lookup: () => {} }); hook.disable();
        const C = seen[0].constructor; s.destroy();
        t.code(new C(0).connect({}, t.host, t.port)); //!`,
    'a deleted patch': `${HANDLE}
        t.quietly(() => delete TCP.prototype.connect); t.quietly(() => Object.defineProperty(TCP.prototype, 'connect', { value: () => 0 }));
        return t.end(net.connect(t.port, t.host)); //!`,
    'a handle with another prototype': `${HANDLE}
        const handle = new TCP(0); const { connect } = Object.getPrototypeOf(handle); Object.setPrototypeOf(handle, { connect });
        t.code(handle.connect({}, t.host, t.port)); //!`,
    'a vm context': `const context = { net: require('node:net'), t };
        return require('node:vm').runInNewContext('t.end(net.connect(t.port, t.host))', context); //!`,
    eval: `return eval('t.end(require("node:net").connect(t.port, t.host))'); //!`,
    'a function made from text': `return new Function('net', 't', 'return t.end(net.connect(t.port, t.host))')(require('node:net'), t); //!`,
    'process.getBuiltinModule': `return t.end(process.getBuiltinModule('node:net').connect(t.port, t.host));`,
    createRequire: `return t.end(require('node:module').createRequire(__filename)('net').connect(t.port, t.host));`,
    'a fresh import of net': `const { connect } = await import('node:net');
        return t.end(connect(t.port, t.host)); //!`,
    'an error that is swallowed': `try { const s = require('node:net').connect(t.port, t.host); //!
        s.on('error', () => {}); await t.end(s); } catch {}`,
    'localhost by default': {
      code: `return t.end(require('node:net').connect({ port: t.port }));`,
      expect: { host: 'localhost' },
    },
    'a bound socket that connects': {
      code: `const { BoundSocket } = require('node:net'); const b = new BoundSocket({ host: '127.0.0.1' }); //!
        return t.end(require('node:net').connect({ port: t.port, host: t.host, handle: b }));`,
      since: 26,
      expect: { protocol: 'listen', port: 0 },
    },
    'an open descriptor': {
      code: `${HANDLE}
        t.code(new TCP(0).open(33)); //!`,
      expect: { host: 'descriptor 33', port: undefined },
    },
  },
);

/** TLS, over a socket of its own or one that it is given. */
export const tls = ways(
  { protocol: 'tls', port: '$port' },
  {
    'tls.connect': `return t.end(require('node:tls').connect({ port: t.port, host: t.host }));`,
    'tls.connect by name': {
      code: `return t.end(require('node:tls').connect({ port: t.port, host: t.name, servername: t.name }));`,
      expect: { host: '$name' },
    },
    'tls over a socket': {
      code: `const socket = require('node:net').connect(t.port, t.host); //!
        return t.end(require('node:tls').connect({ socket }));`,
      expect: { protocol: 'tcp' },
    },
    'a TLSSocket that connects': `const s = new (require('node:tls').TLSSocket)(); s.connect({ port: t.port, host: t.host }); //!
        return t.end(s);`,
  },
);
