import { spawn } from 'node:child_process';
import { lookup } from 'node:dns';
import { lookup as promised } from 'node:dns/promises';
import { once } from 'node:events';
import net, { connect } from 'node:net';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { canary, installGuard, runInTest, takeAttempts } from '@drydock/network-guard';
import { describe, expect, it } from 'vitest';

// Run by pools.test.ts in each pool of Vitest, with the guard in the worker's execArgv.
installGuard({ summary: false, reportFile: process.env.POOL_REPORT });

const BLOCKED = 'ERR_DRYDOCK_BLOCKED';
const DIAL = "require('node:net').connect(9, '192.0.2.1').on('error', (error) => report(error.code))";
const TO_PARENT = "const report = (code) => require('node:worker_threads').parentPort.postMessage(code);";
const TO_EXIT_CODE = `const report = (code) => process.exit(code === '${BLOCKED}' ? 7 : 1);`;

const refusal = (emitter: NodeJS.EventEmitter) => once(emitter, 'error').then(([error]) => error.code);

describe('in this pool', () => {
  it('the guard is active', () => {
    expect(canary()).toEqual({ active: true, missing: [] });
  });

  it('calls through named and default imports are refused, and the test is blamed', async () => {
    await runInTest({ id: 'imports' }, async () => {
      expect(await refusal(connect(9, '192.0.2.1'))).toBe(BLOCKED);
      expect(await refusal(net.connect(9, '192.0.2.1'))).toBe(BLOCKED);
      await expect(promised('a.example')).rejects.toMatchObject({ code: BLOCKED });
      await expect(promisify(lookup)('b.example')).rejects.toMatchObject({ code: BLOCKED });
      await expect(fetch('http://192.0.2.1:81')).rejects.toMatchObject({ cause: { code: BLOCKED } });
    });
    const taken = takeAttempts('imports');
    expect(taken.map(({ host }) => host)).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      'a.example',
      'b.example',
      '192.0.2.1',
    ]);
    expect(taken.map(({ frame }) => frame)).toEqual(
      taken.map(() => expect.stringContaining('pools.fixture.ts')),
    );
  });

  it('children and threads are refused too', async () => {
    await runInTest({ id: 'descendants' }, async () => {
      const child = spawn(process.execPath, ['-e', TO_EXIT_CODE + DIAL], { env: {} });
      expect((await once(child, 'exit'))[0]).toBe(7);
      const worker = new Worker(TO_PARENT + DIAL, {
        eval: true,
        env: {},
        execArgv: [],
      });
      // Both at once: an ending worker's last message is delivered in the same turn as its exit.
      const [[message]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      expect(message).toBe(BLOCKED);
    });
    expect(takeAttempts('descendants')).toHaveLength(2);
  });
});
