import { ways } from '../way.js';

const CHILD = `const child = require('node:child_process'); const idle = ['-e', 'setTimeout(() => {}, 2000)'];`;

/** SIGUSR1 opens the debugger's port of any Node process. */
export const signals = ways(
  { protocol: 'inspector', host: 'SIGUSR1' },
  {
    'a signal for a child that takes too long': `${CHILD}
        return t.result(child.spawnSync(process.execPath, idle, { timeout: 100, killSignal: 'SIGUSR1' })); //!`,
    'its number': `${CHILD}
        return t.result(child.spawnSync(process.execPath, idle, { timeout: 100, killSignal: require('node:os').constants.signals.SIGUSR1 })); //!`,
    'a signal for a child that prints too much': `${CHILD}
        t.quietly(() => child.execFileSync(process.execPath, ['-e', 'console.log("x".repeat(9999))'], { maxBuffer: 10, killSignal: 'SIGUSR1' })); //!`,
    'a signal for an asynchronous child that takes too long': {
      code: `${CHILD} const c = child.execFile(process.execPath, idle, { timeout: 50, killSignal: 'SIGUSR1' }, () => {}); await t.pause(200); t.quietly(() => c.kill('SIGKILL'));`,
      expect: { frame: 'lost' },
    },
    'a signal when a controller aborts': `${CHILD} const stop = new AbortController(); const c = child.spawn(process.execPath, idle, { signal: stop.signal, killSignal: 'SIGUSR1' }); c.on('error', () => {});
        t.quietly(() => stop.abort()); c.kill('SIGKILL'); //!`,
    'a signal to a child': `${CHILD} const c = child.spawn(process.execPath, idle);
        t.quietly(() => c.kill('SIGUSR1')); //!
        c.kill('SIGKILL');`,
    'a signal to a fork': `${CHILD} const c = child.fork(t.write('idle.cjs', idle[1]));
        t.quietly(() => c.kill(require('node:os').constants.signals.SIGUSR1)); //!
        c.kill('SIGKILL');`,
    'a signal to this process': `t.quietly(() => process.kill(process.pid, 'SIGUSR1'));`,
    'a signal to the parent': `t.quietly(() => process.kill(process.ppid, 'SIGUSR1'));`,
    'a signal to a group': `t.quietly(() => process.kill(0, 'SIGUSR1'));`,
    'a signal whose number changes between two reads': `let asked = 0; t.quietly(() => process._kill(process.pid, { valueOf: () => (asked++ ? 15 : require('node:os').constants.signals.SIGUSR1) }));`,
    'a signal to a member of a cluster': `const cluster = require('node:cluster'); cluster.setupPrimary({ exec: t.write('member.cjs', 'setTimeout(() => {}, 2000)') }); const member = cluster.fork();
        t.quietly(() => member.process.kill('SIGUSR1')); //!
        member.process.kill('SIGKILL');`,
    'a signal that --watch sends': {
      code: `${CHILD}
        return t.result(child.spawnSync(process.execPath, ['--watch', '--watch-kill-signal=SIGUSR1', '-e', '0'])); //!`,
      since: 24,
    },
  },
);
