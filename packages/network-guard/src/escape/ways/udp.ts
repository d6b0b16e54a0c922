import { ways } from '../way.js';

const HANDLE = `const s = t.keep(require('node:dgram').createSocket('udp4'));
        const handle = s[Object.getOwnPropertySymbols(s).find((k) => k.description === 'state symbol')].handle;`;

/** Datagrams. */
export const udp = ways(
  { protocol: 'udp', port: '$port' },
  {
    'dgram send': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.send('x', t.port, t.host, cb)); //!`,
    'dgram send by name': {
      code: `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.send('x', t.port, t.name, cb)); //!`,
      expect: { host: '$name' },
    },
    'dgram send of a slice': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.send(Buffer.from('xyz'), 1, 1, t.port, t.host, cb)); //!`,
    'dgram send of a list': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.send([Buffer.from('x'), Buffer.from('y')], t.port, t.host, cb)); //!`,
    'dgram send to the default address': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.send('x', t.port, cb)); //!`,
    'dgram send without callback': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        s.send('x', t.port, t.host); //!`,
    'dgram sendto': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.sendto(Buffer.from('x'), 0, 1, t.port, t.host, cb)); //!`,
    'dgram connect': `const s = t.keep(require('node:dgram').createSocket('udp4'));
        return t.call((cb) => s.connect(t.port, t.host, cb)); //!`,
    'dgram over IPv6': {
      code: `const s = t.keep(require('node:dgram').createSocket('udp6'));
        return t.call((cb) => s.send('x', t.port, '::1', cb)); //!`,
      expect: { host: '::1' },
    },
    'a datagram socket with a lookup of its own': {
      code: `const s = t.keep(require('node:dgram').createSocket({ type: 'udp4', lookup: (n, o, cb) => cb(null, t.host, 4) }));
        return t.call((cb) => s.send('x', t.port, 'mine.example', cb)); //!`,
      expect: { host: 'mine.example' },
    },
    'dgram bind': {
      code: `const s = t.keep(require('node:dgram').createSocket('udp4')); s.bind(0); //!
        return t.end(s);`,
      expect: { host: '0.0.0.0', port: 0 },
    },
    'a multicast group': {
      code: `${HANDLE}
        t.code(handle.addMembership('224.0.0.251')); //!`,
      expect: { host: '224.0.0.251', port: undefined },
    },
    'a native UDP handle that binds': {
      code: `${HANDLE}
        t.code(new handle.constructor().bind('0.0.0.0', 0, 0)); //!`,
      expect: { host: '0.0.0.0', port: 0 },
    },
    'a native UDP handle that sends': `${HANDLE}
        t.code(new handle.constructor().send({}, [Buffer.from('x')], 1, t.port, t.host, false)); //!`,
    'a native UDP handle that connects': `${HANDLE}
        t.code(new handle.constructor().connect(t.host, t.port)); //!`,
  },
);
