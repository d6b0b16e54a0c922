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
    'an exit code that a later listener sets to 0': {
      code: `require('node:net').connect(t.port, t.host).on('error', () => {}); process.on('exit', () => { process.exitCode = 0; });`,
      alone: true,
    },
    'an exit code that process.exit sets to 0': {
      code: `require('node:dns').lookup('escape.example', () => {}); process.on('exit', () => { process.exitCode = 0; }); process.exit(0);`,
      alone: true,
      expect: { protocol: 'dns', host: 'escape.example', port: undefined },
    },
    'an exit code that process.reallyExit sets to 0': {
      code: `require('node:dns').lookup('escape.example', () => {}); process.exitCode = 0; process.reallyExit(0);`,
      alone: true,
      expect: { protocol: 'dns', host: 'escape.example', port: undefined },
    },
    'a message between ports': `const { port1, port2 } = new MessageChannel();
        const done = new Promise((resolve) => { port1.onmessage = () => resolve(t.end(require('node:net').connect(t.port, t.host))); }); //!
        port2.postMessage(1); return done.finally(() => port1.close());`,
    'a message on a channel by name': `const [one, two] = [new BroadcastChannel('x'), new BroadcastChannel('x')];
        const done = new Promise((resolve) => { one.onmessage = () => resolve(t.end(require('node:net').connect(t.port, t.host))); }); //!
        two.postMessage(1); return done.finally(() => { one.close(); two.close(); });`,
    'a callback that was kept from before any test': `return t.before(() => t.end(require('node:net').connect(t.port, t.host)));`,
    'an object that is collected': {
      code: `let done; const over = new Promise((resolve) => { done = resolve; });
        const registry = new FinalizationRegistry(() => { done(t.end(require('node:net').connect(t.port, t.host))); }); //!
        (() => registry.register({}))(); await t.pause(1); globalThis.gc(); return over;`,
      flags: ['--expose-gc'],
    },
    'an abort signal that times out': `const done = new Promise((resolve) => AbortSignal.timeout(10).addEventListener('abort', () => resolve(t.end(require('node:net').connect(t.port, t.host))))); //!
        await t.pause(50); return done;`,
    'a performance observer': `const { PerformanceObserver, performance } = require('node:perf_hooks');
        const done = new Promise((resolve) => { const o = new PerformanceObserver(() => { o.disconnect(); resolve(t.end(require('node:net').connect(t.port, t.host))); }); o.observe({ entryTypes: ['mark'] }); }); //!
        performance.mark('x'); return done;`,
    'a diagnostics channel': `const channel = require('node:diagnostics_channel').channel('way'); let done;
        channel.subscribe(() => { done = t.end(require('node:net').connect(t.port, t.host)); }); //!
        channel.publish({}); return done;`,
    'an uncaught exception': `const done = new Promise((resolve) => process.once('uncaughtExceptionMonitor', () => resolve(t.end(require('node:net').connect(t.port, t.host))))); //!
        setImmediate(() => { throw new Error('planned'); }); return done;`,
    'an unhandled rejection': `const done = new Promise((resolve) => process.once('unhandledRejection', () => resolve(t.end(require('node:net').connect(t.port, t.host))))); //!
        Promise.reject(new Error('planned')); return done;`,
    'a warning': `const done = new Promise((resolve) => process.once('warning', () => resolve(t.end(require('node:net').connect(t.port, t.host))))); //!
        process.emitWarning('planned'); return done;`,
    'a signal handler': `const done = new Promise((resolve) => process.once('SIGUSR2', () => resolve(t.end(require('node:net').connect(t.port, t.host))))); //!
        process.kill(process.pid, 'SIGUSR2'); return done;`,
    'a file that changes': `const fs = require('node:fs'); const file = t.write('watched', 'a');
        const done = new Promise((resolve) => { const w = fs.watch(file, () => { w.close(); resolve(t.end(require('node:net').connect(t.port, t.host))); }); }); //!
        setTimeout(() => fs.writeFileSync(file, 'b'), 20); return done;`,
    'a stream that is destroyed': `const s = new (require('node:stream').Readable)({ read() {}, destroy: (error, done) => { result = t.end(require('node:net').connect(t.port, t.host)); done(); } }); let result; //!
        s.destroy(); return result;`,
    'an asynchronous disposal': `const bag = require('node:events').addAbortListener; const stop = new AbortController(); let result;
        bag(stop.signal, () => { result = t.end(require('node:net').connect(t.port, t.host)); }); //!
        stop.abort(); return result;`,
    'an import': {
      code: `return import(require('node:url').pathToFileURL(t.write('imported.mjs', 'import net from "node:net"; net.connect(' + t.port + ', "' + t.host + '").on("error", () => {}); await new Promise((r) => setTimeout(r, 20));')).href);`,
      expect: { elsewhere: true },
    },
  },
);
