import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLoopback } from '../cases/run-guarded.fixture.js';
import { isInstalled, takeAttempts } from '../index.cjs';
import { faultsOf } from './check.js';
import { howToGet, MAJORS, nodeBinary } from './node-binaries.js';
import { openPacketCounter, type PacketCounter } from './packet-counter.js';
import { waysOf } from './plan.js';
import { tryWays } from './run.js';
import { everyWay } from './ways/index.js';

const ONE_VERSION_MS = 300_000;

describe('ways out, with servers that count what gets through', () => {
  let counter: PacketCounter;

  beforeAll(async () => {
    counter = await withLoopback(openPacketCounter);
  });

  afterAll(() => counter.close());

  it('the packet counter counts what unguarded code sends', async () => {
    const other = await withLoopback(openPacketCounter);
    await withLoopback(() => once(net.connect(other.target.port, '127.0.0.1'), 'close'));
    await once(net.connect(other.target.outside), 'close');
    const socket = dgram.createSocket('udp4');
    withLoopback(() => socket.send('x', other.target.port, '127.0.0.1'));
    await expect.poll(() => other.counts).toEqual({ tcp: 1, udp: 1, unix: 1 });
    socket.close();
    await other.close();
  });

  it.for(MAJORS)(
    'Node %i refuses and records all of them and blames the right line',
    { timeout: ONE_VERSION_MS },
    async (major, context) => {
      const node = nodeBinary(major);
      // CI needs every version; elsewhere a missing one is skipped with the reason.
      if (node === undefined && !process.env.CI) context.skip(`unavailable: ${howToGet(major)}`);
      expect(node, howToGet(major)).toBeDefined();
      const trials = await tryWays(node as string, waysOf(major, everyWay), counter.target);
      if (isInstalled()) takeAttempts();
      const faults = trials.flatMap((trial) =>
        faultsOf(trial, counter.target).map((fault) => `${trial.way.name}: ${fault}`),
      );
      expect(faults).toEqual([]);
      expect(trials.length).toBeGreaterThanOrEqual(400);
      expect(counter.counts).toEqual({ tcp: 0, udp: 0, unix: 0 });
    },
  );
});
