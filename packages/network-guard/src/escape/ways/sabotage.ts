import { ways } from '../way.js';

const DIAL = `const { connect } = require('node:net'); const go = () => connect(t.port, t.host);`;

/** Tests that replace what the guard needs to record an attempt, before they make it. */
export const sabotage = ways(
  { port: '$port', frame: 'lost' },
  {
    'a stack that cannot be formatted': `${DIAL} const { prepareStackTrace } = Error; Error.prepareStackTrace = () => { throw new Error('mine'); }; let s;
      try { s = go(); } finally { Error.prepareStackTrace = prepareStackTrace; } return t.end(s);`,
    'a stack without a text': `${DIAL} const { prepareStackTrace } = Error; Error.prepareStackTrace = () => ({ toString() { throw new Error('mine'); } }); let s;
      try { s = go(); } finally { Error.prepareStackTrace = prepareStackTrace; } return t.end(s);`,
    'a stack without a frame': `${DIAL} const { stackTraceLimit } = Error; Error.stackTraceLimit = 0; let s; try { s = go(); } finally { Error.stackTraceLimit = stackTraceLimit; } return t.end(s);`,
    'a stack whose limit cannot be read': `${DIAL} const { stackTraceLimit } = Error; Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get() { throw new Error('mine'); } }); let s;
      try { s = go(); } finally { Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, enumerable: true, writable: true, value: stackTraceLimit }); } return t.end(s);`,
    'a stack whose limit is gone': `${DIAL} const { stackTraceLimit } = Error; delete Error.stackTraceLimit; let s; try { s = go(); } finally { Error.stackTraceLimit = stackTraceLimit; } return t.end(s);`,
    'JSON that cannot be written': `${DIAL} const { stringify } = JSON; JSON.stringify = () => { throw new Error('mine'); }; let s; try { s = go(); } finally { JSON.stringify = stringify; } return t.end(s);`,
    'bytes that cannot be made': `${DIAL} const { from } = Buffer; Buffer.from = () => { throw new Error('mine'); }; let s; try { s = go(); } finally { Buffer.from = from; } return t.end(s);`,
    'a file system that is full': `${DIAL} const fs = require('node:fs'); const { writeSync, appendFileSync } = fs; fs.writeSync = fs.appendFileSync = () => { throw new Error('mine'); }; let s; try { s = go(); } finally { Object.assign(fs, { writeSync, appendFileSync }); } return t.end(s);`,
    'a clock that stands': `${DIAL} const { now } = Date; Date.now = () => { throw new Error('mine'); }; let s; try { s = go(); } finally { Date.now = now; } return t.end(s);`,
    'a process without an id': `${DIAL} const pid = Object.getOwnPropertyDescriptor(process, 'pid'); Object.defineProperty(process, 'pid', { configurable: true, get() { throw new Error('mine'); } }); let s;
      try { s = go(); } finally { Object.defineProperty(process, 'pid', pid); } return t.end(s);`,
    'paths that cannot be joined': `${DIAL} const path = require('node:path'); const { join, resolve, dirname } = path; path.join = path.resolve = path.dirname = () => { throw new Error('mine'); }; let s;
      try { s = go(); } finally { Object.assign(path, { join, resolve, dirname }); } return t.end(s);`,
    'a promise that never settles': `${DIAL} const { then } = Promise.prototype; Promise.prototype.then = () => {}; let s; try { s = go(); } finally { Promise.prototype.then = then; } return t.end(s);`,
    'an emitter that tells nothing': `${DIAL} const { EventEmitter } = require('node:events'); const { emit } = EventEmitter.prototype; EventEmitter.prototype.emit = () => false; try { go(); await t.pause(20); } finally { EventEmitter.prototype.emit = emit; }`,
    'a socket that cannot be destroyed': `const net = require('node:net'); const s = new net.Socket(); s.destroy = () => s; s.on('error', () => {}); s.connect(t.port, t.host); await t.pause(20); delete s.destroy; s.destroy();`,
    'a socket without an owner': `const net = require('node:net'); const s = new net.Socket(); s.on('error', () => {}); s.connect({ port: t.port, host: t.host }); const h = s._handle; if (h) for (const k of Object.getOwnPropertySymbols(h)) h[k] = undefined; await t.pause(20);`,
    'a socket that is a proxy': `const net = require('node:net'); const s = new Proxy(new net.Socket(), {}); return t.end(s.connect(t.port, t.host));`,
    'an address that changes between two reads': {
      code: `let asked = 0; return t.end(require('node:net').connect({ port: t.port, get host() { return asked++ ? t.host : '::1'; } }));`,
      expect: { host: /^(127\.0\.0\.1|::1)$/ },
    },
    'a port that is a text': `return t.end(require('node:net').connect({ port: String(t.port), host: t.host }));`,
    'an address that is an object': {
      code: `const net = require('node:net'); const s = new net.Socket(); s.on('error', () => {}); s.connect({ host: 'x', port: 1, lookup: () => {} }); const TCP = s._handle.constructor; s.destroy();
        t.quietly(() => t.code(new TCP(0).connect({}, Object.assign(new String(t.host)), t.port))); t.quietly(() => new TCP(0).connect({}, t.host, t.port));`,
    },
    'an object that claims to be the guard': `${DIAL} t.quietly(() => { process[Symbol.for('@drydock/network-guard/1')] = { refuse: () => new Error('mine') }; }); t.quietly(() => Object.defineProperty(process, Symbol.for('@drydock/network-guard/1'), { value: {} })); return t.end(go());`,
    'environment data that claims to be inherited': {
      code: `const threads = require('node:worker_threads'); threads.setEnvironmentData('DRYDOCK_GUARD_INHERIT', JSON.stringify({ options: { allow: ['*'] }, lineage: [], began: 0 }));
        return t.end(new threads.Worker("require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})", { eval: true }));`,
    },
    'a variable that claims to be inherited': {
      code: `return t.end(require('node:child_process').spawn(process.execPath, ['-e', "require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})"], { env: { DRYDOCK_GUARD_INHERIT: JSON.stringify({ options: { allow: ['*'] }, lineage: [], began: 0 }), DRYDOCK_GUARD_ALLOW: '*' } }));`,
    },
  },
);
