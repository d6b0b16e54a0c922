import { ways } from '../way.js';

/** Moments at which it is easy to blame the wrong test or none. */
export const moments = ways(
  { port: '$port' },
  {
    'a timer that fires during the next test': {
      code: `setTimeout(() => { t.end(require('node:net').connect(t.port, t.host)); }, 30);`,
    },
    'an immediate': `await new Promise((done) => setImmediate(() => t.end(require('node:net').connect(t.port, t.host)).then(done, done)));`,
    'a microtask': `await new Promise((done) => queueMicrotask(() => t.end(require('node:net').connect(t.port, t.host)).then(done, done)));`,
    'next tick': `await new Promise((done) => process.nextTick(() => t.end(require('node:net').connect(t.port, t.host)).then(done, done)));`,
    'an event': `const e = new (require('node:events'))(); const done = new Promise((r) => e.on('go', () => r(t.end(require('node:net').connect(t.port, t.host))))); //!
        e.emit('go'); return done;`,
    'the end of the process': {
      code: `process.on('exit', () => { require('node:net').connect({ port: t.port, host: t.name, lookup: require('node:dns').lookup }).on('error', () => {}); }); //!`,
      alone: true,
      expect: { host: '$name' },
    },
    'the end of the process, with exit(0)': {
      code: `process.on('exit', () => { require('node:dns').lookup('escape.example', () => {}); }); //!
        process.exit(0);`,
      alone: true,
      expect: { protocol: 'dns', host: 'escape.example', port: undefined },
    },
    'an import': {
      code: `return import(require('node:url').pathToFileURL(t.write('imported.mjs', 'import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {}); await new Promise((r) => setTimeout(r, 20));')).href);`,
      expect: { elsewhere: true },
    },
  },
);
