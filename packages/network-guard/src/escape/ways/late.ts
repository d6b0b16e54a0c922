import { ways } from '../way.js';

const DIAL = `const dial = () => t.end(require('node:net').connect(t.port, t.host));`;

// At once, where a connection waits for the next turn, which a process that ends does not have.
const ASK = `const ask = () => require('node:dns').lookup('escape.example', () => {});`;

/** Work that is kept, handed on or left behind, and signals and endings that start it. */
export const late = [
  ...ways(
    { port: '$port', frame: 'lost' },
    {
      'a context that was kept by a snapshot': `${DIAL} const run = require('node:async_hooks').AsyncLocalStorage.snapshot(); return run(dial);`,
      'a function that was bound to its context': `${DIAL} return require('node:async_hooks').AsyncLocalStorage.bind(dial)();`,
      'a context that was left': `${DIAL} const { AsyncLocalStorage } = require('node:async_hooks'); return new AsyncLocalStorage().exit(dial);`,
      'an AsyncResource of another moment': `${DIAL} const resource = t.before(() => new (require('node:async_hooks').AsyncResource)('other')); return resource.runInAsyncScope(dial);`,
      'an emitter with a context of its own': `${DIAL} const { EventEmitterAsyncResource } = require('node:events'); const e = new EventEmitterAsyncResource({ name: 'x' }); const done = new Promise((r) => e.on('go', () => r(dial()))); e.emit('go'); return done;`,
      'an interval': `${DIAL} return new Promise((r) => { const i = setInterval(() => { clearInterval(i); r(dial()); }, 5); });`,
      'an interval of promises': `${DIAL} for await (const _ of require('node:timers/promises').setInterval(5)) return dial();`,
      'a scheduler': `${DIAL} await require('node:timers/promises').scheduler.yield(); return dial();`,
      'a timer that was started before any test': `${DIAL} return new Promise((r) => t.before(() => setTimeout(() => r(dial()), 5)));`,
      'a promise that was made before any test': `${DIAL} let go; const kept = t.before(() => new Promise((r) => { go = r; })); const done = kept.then(dial); go(); return done;`,
      'a generator that is closed': `${DIAL} let result; const g = (function* () { try { yield 1; } finally { result = dial(); } })(); g.next(); g.return(); return result;`,
      'an asynchronous generator that is closed': `${DIAL} let result; const g = (async function* () { try { yield 1; } finally { result = dial(); } })(); await g.next(); await g.return(); return result;`,
      'a callback of the file system': `${DIAL} return new Promise((r) => require('node:fs').stat('.', () => r(dial())));`,
      'a callback of zlib': `${DIAL} return new Promise((r) => require('node:zlib').gzip('x', () => r(dial())));`,
      'a callback of crypto': `${DIAL} return new Promise((r) => require('node:crypto').randomBytes(8, () => r(dial())));`,
      'a promise of WebAssembly': `${DIAL} await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); return dial();`,
      'a function that WebAssembly calls': `${DIAL} const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,97,1,98,0,0,8,1,0]); let result; await WebAssembly.instantiate(bytes, { a: { b: () => { result = dial(); } } }); return result;`,
      'a getter': `${DIAL} const o = { get x() { return dial(); } }; return o.x;`,
      'a proxy': `${DIAL} return new Proxy({}, { get: () => dial() }).anything;`,
      'an inspection': `${DIAL} let result; require('node:util').inspect({ [Symbol.for('nodejs.util.inspect.custom')]: () => { result = dial(); return ''; } }); return result;`,
      'a conversion to JSON': `${DIAL} let result; JSON.stringify({ toJSON: () => { result = dial(); } }); return result;`,
      'a sort': `${DIAL} let result; [1, 2].sort(() => { result ??= dial(); return 0; }); return result;`,
      'a tagged template': `${DIAL} const tag = () => dial(); return tag\`x\`;`,
      'a thenable': `${DIAL} let result; await { then: (done) => { result = dial(); done(); } }; return result;`,
      'a listener of listeners': `${DIAL} const e = new (require('node:events'))(); let result; e.on('newListener', () => { result ??= dial(); }); e.on('x', () => {}); return result;`,
      'an event target': `${DIAL} const e = new EventTarget(); let result; e.addEventListener('x', { handleEvent: () => { result = dial(); } }); e.dispatchEvent(new Event('x')); return result;`,
      'a stream of the web': `${DIAL} let result; const s = new ReadableStream({ cancel: () => { result = dial(); } }); await s.cancel(); return result;`,
      'a pipeline': `${DIAL} const { pipeline, Readable, PassThrough } = require('node:stream'); return new Promise((r) => pipeline(Readable.from(['x']), new PassThrough().resume(), () => r(dial())));`,
      'a rejection that is handled late': `${DIAL} const done = new Promise((r) => process.once('rejectionHandled', () => r(dial()))); process.once('unhandledRejection', () => {}); const p = Promise.reject(new Error('planned')); setTimeout(() => p.catch(() => {}), 10); return done;`,
      'a promise that is resolved twice': `${DIAL} const done = new Promise((r) => process.once('multipleResolves', () => r(dial()))); new Promise((r) => { r(1); r(2); }); process.emit('multipleResolves'); return done;`,
      'a new worker': `${DIAL} const done = new Promise((r) => process.once('worker', () => r(dial()))); new (require('node:worker_threads').Worker)('0', { eval: true }); return done;`,
      'a broadcast of a channel with stores': `${DIAL} const c = require('node:diagnostics_channel').channel('x'); const s = new (require('node:async_hooks').AsyncLocalStorage)(); c.bindStore(s); return c.runStores({}, dial);`,
    },
  ),
  ...ways(
    { protocol: 'dns', host: 'escape.example', frame: 'lost' },
    {
      'a handler of SIGTERM': {
        code: `${ASK} process.once('SIGTERM', () => { ask(); }); process.kill(process.pid, 'SIGTERM'); await t.pause(100);`,
        alone: true,
      },
      'a handler of SIGINT': {
        code: `${ASK} process.once('SIGINT', () => { ask(); process.exit(0); }); process.kill(process.pid, 'SIGINT'); await t.pause(100);`,
        alone: true,
      },
      'a handler of SIGHUP': {
        code: `${ASK} process.once('SIGHUP', () => { ask(); process.reallyExit(0); }); process.kill(process.pid, 'SIGHUP'); await t.pause(100);`,
        alone: true,
      },
      'a process that kills itself': {
        code: `${ASK} ask(); process.kill(process.pid, 'SIGKILL');`,
        alone: true,
      },
      'a process without exit listeners': {
        code: `${ASK} process.removeAllListeners('exit'); ask(); process.exit(0);`,
        alone: true,
      },
      'a process that emits nothing': {
        code: `${ASK} process.emit = () => true; ask(); process.exit(0);`,
        alone: true,
      },
      'an exit of an exit': {
        code: `${ASK} process.on('exit', () => { ask(); process.exit(0); }); process.exit(0);`,
        alone: true,
      },
      'an exception at the end': {
        code: `${ASK} process.removeAllListeners('uncaughtException'); process.on('exit', () => { ask(); process.exitCode = 0; }); process.exit(0);`,
        alone: true,
      },
      'a process that has nothing left to do': {
        code: `${ASK} process.once('beforeExit', () => { ask(); }); process.emit('beforeExit', 0); await t.pause(20);`,
        alone: true,
      },
    },
  ),
  ...ways(
    { port: '$port', elsewhere: true },
    {
      'a child that hears SIGTERM': `const c = require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => { require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => process.exit(0)); }); console.log(1); setTimeout(() => {}, 5000)"]);
        await new Promise((r) => c.stdout.once('data', r)); c.kill('SIGTERM'); return t.end(c);`,
      'a child that loses its channel': `const c = require('node:child_process').fork(t.write('loses.cjs', "process.on('disconnect', () => require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {})); process.send(1)"));
        c.once('message', () => c.disconnect()); return t.end(c);`,
      'a child that runs out of work': `require('node:child_process').spawnSync(process.execPath, ['-e', "process.once('beforeExit', () => require('node:net').connect(" + t.port + ", '" + t.host + "').on('error', () => {}))"], { env: {} });`,
      ...Object.fromEntries(
        Object.entries({
          'a child that kills itself': `CHILD.spawnSync(process.execPath, ['-e', "ASK; process.kill(process.pid, 'SIGKILL')"], { env: {} });`,
          'a child that ends without an event': `CHILD.spawnSync(process.execPath, ['-e', "ASK; process.reallyExit(0)"], { env: {}, stdio: 'ignore' });`,
          'a thread that is terminated': `const { Worker } = require('node:worker_threads'); const w = new Worker("ASK; require('node:worker_threads').parentPort.postMessage(1); for (;;);", { eval: true });
            await new Promise((r) => w.once('message', r)); await w.terminate();`,
          'a thread that ends its process': `const { Worker } = require('node:worker_threads'); return t.end(new Worker("ASK; process.exit(0)", { eval: true, env: {} }));`,
        }).map(([name, code]) => [
          name,
          {
            code: code
              .replace('ASK', "require('node:dns').lookup('escape.example', () => {})")
              .replace('CHILD', "require('node:child_process')"),
            expect: { protocol: 'dns' as const, host: 'escape.example', port: undefined },
          },
        ]),
      ),
    },
  ),
];
