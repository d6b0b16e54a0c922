import { describe, expect, it } from 'vitest';
import { runGuarded } from './run-guarded.fixture.js';

const CANARY = 'console.log(JSON.stringify(guard.canary()), guard.attempts().length);';

describe('the canary', () => {
  it('finds the guard active and is not recorded as an attempt', async () => {
    const { stdout, exitCode } = await runGuarded(CANARY);
    expect(stdout.trim()).toBe('{"active":true,"missing":[]} 0');
    expect(exitCode).toBe(0);
  });

  it('is refused whatever is allowed', async () => {
    const { stdout } = await runGuarded(
      `guard.setPolicy({ scope: 'public', allow: ['*'], loopbackServers: true });${CANARY}`,
    );
    expect(stdout).toContain('"active":true');
  });

  it('finds the guard also after a test tried to delete it', async () => {
    const { stdout } = await runGuarded(
      `try { delete process[Symbol.for('@drydock/network-guard/1')]; } catch {}
       console.log(guard.canary().active);`,
    );
    expect(stdout.trim()).toBe('true');
  });

  it('notices a probe that gets through and a patch that is gone', async () => {
    const { stdout } = await runGuarded(`
      const core = process[Symbol.for('@drydock/network-guard/1')];
      core.patches.watch(globalThis, 'fetch', 'fetch');
      globalThis.fetch = () => {};
      core.refuse = () => new Error('recorded nowhere');
      console.log(JSON.stringify(guard.canary()));
    `);
    expect(JSON.parse(stdout)).toEqual({
      active: false,
      missing: expect.arrayContaining(['tcp connect', 'dns lookup', 'udp send', 'fetch']),
    });
  });

  it('fails where no guard is installed', async () => {
    const { canary, isInstalled } = await import('../index.cjs');
    if (!isInstalled()) expect(canary()).toEqual({ active: false, missing: ['the guard is not installed'] });
    else expect(canary().active).toBe(true);
  });
});

describe('a patch', () => {
  it('stays when code assigns, defines or deletes it, and the assignment is an attempt of its test', async () => {
    const { stdout, attempts } = await runGuarded(`
      import net from 'node:net';
      const socket = new net.Socket();
      socket.on('error', () => {});
      socket.connect({ host: 'x', port: 1, lookup: () => {} });
      const prototype = Object.getPrototypeOf(socket._handle);
      socket.destroy();
      guard.runInTest({ id: 'undoer' }, () => { prototype.connect = () => 0; });
      try { Object.defineProperty(prototype, 'connect', { value: () => 0 }); } catch (error) { console.log(error.name); }
      try { delete prototype.connect; } catch (error) { console.log(error.name); }
      console.log(guard.canary().active);
    `);
    expect(stdout.trim().split('\n')).toEqual(['TypeError', 'TypeError', 'true']);
    expect(attempts).toMatchObject([{ protocol: 'tamper', host: 'TCP.prototype.connect', test: 'undoer' }]);
  });
});
