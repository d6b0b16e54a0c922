import { ways } from '../way.js';

const RECORDS = ['A', 'Aaaa', 'Any', 'Caa', 'Cname', 'Mx', 'Naptr', 'Ns', 'Ptr', 'Soa', 'Srv', 'Txt'];
const METHOD: Record<string, string> = { A: 'resolve4', Aaaa: 'resolve6' };

const everyRecord = Object.fromEntries(
  RECORDS.flatMap((record) => {
    const method = METHOD[record] ?? `resolve${record}`;
    return [
      [`dns.${method}`, `return t.call((cb) => require('node:dns').${method}('escape.example', cb));`],
      [`dns.promises.${method}`, `return require('node:dns').promises.${method}('escape.example');`],
    ];
  }),
);

/** Names: the system's resolver and c-ares. */
export const dns = ways(
  { protocol: 'dns', host: 'escape.example' },
  {
    'dns.lookup': `return t.call((cb) => require('node:dns').lookup('escape.example', cb));`,
    'dns.lookup of all addresses': `return t.call((cb) => require('node:dns').lookup('escape.example', { all: true }, cb));`,
    'dns.promises.lookup': `return require('node:dns').promises.lookup('escape.example');`,
    'lookup, promisified': `return require('node:util').promisify(require('node:dns').lookup)('escape.example');`,
    'lookup, imported by name': `const { lookup } = await import('node:dns/promises');
        return lookup('escape.example'); //!`,
    'a name that carries data': {
      code: `return t.call((cb) => require('node:dns').lookup('c2VjcmV0.escape.example', cb));`,
      expect: { host: 'c2VjcmV0.escape.example' },
    },
    ...everyRecord,
    'dns.resolve with a type': `return t.call((cb) => require('node:dns').resolve('escape.example', 'TXT', cb));`,
    'dns.reverse': {
      code: `return t.call((cb) => require('node:dns').reverse('192.0.2.7', cb));`,
      expect: { host: '192.0.2.7' },
    },
    'dns.lookupService': {
      code: `return t.call((cb) => require('node:dns').lookupService('192.0.2.7', 22, cb));`,
      expect: { host: '192.0.2.7' },
    },
    'dns.promises.lookupService': {
      code: `return require('node:dns').promises.lookupService('192.0.2.7', 22);`,
      expect: { host: '192.0.2.7' },
    },
    'a Resolver with servers of its own': `const r = new (require('node:dns').Resolver)(); r.setServers([t.host + ':' + t.port]);
        return t.call((cb) => r.resolve4('escape.example', cb)); //!`,
    'a promises Resolver': `const r = new (require('node:dns').promises.Resolver)(); r.setServers([t.host + ':' + t.port]);
        return r.resolveTxt('escape.example'); //!`,
    'a method of Resolver.prototype': `const { Resolver } = require('node:dns');
        return t.call((cb) => Resolver.prototype.resolve4.call(new Resolver(), 'escape.example', cb)); //!`,
    'the native channel of a Resolver': `const r = new (require('node:dns').Resolver)();
        t.code(r._handle.queryA({ oncomplete() {} }, 'escape.example') === 0 ? -1 : -1); //!`,
  },
);
