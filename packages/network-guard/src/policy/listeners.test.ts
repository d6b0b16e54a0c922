import dgram from 'node:dgram';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ReportFile } from '../attempt/report-file.cjs';
import { withLoopback } from '../cases/run-guarded.fixture.js';
import { Listeners } from './listeners.cjs';

const NOBODY = '999999999:0';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'listeners-'));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What a run knows of a place whose server, in another process, was killed. */
function afterKillOf(entry: string): Listeners {
  const report = new ReportFile([]);
  report.use(path.join(folder, 'attempts.jsonl'));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${report.handDown()}.listeners`, `+${entry} ${NOBODY}\n`);
  return new Listeners(report);
}

function canListen(): Promise<boolean> {
  const server = withLoopback(() => net.createServer().listen(0, '127.0.0.1'));
  return new Promise((resolve) => {
    server.once('error', () => resolve(false)).once('listening', () => server.close(() => resolve(true)));
  });
}

describe.runIf(process.platform === 'linux')('a place whose server was killed', () => {
  it.each(['127.0.0.1', '127.0.0.9', '::1'])('has gone while nothing answers there, at %s', (address) => {
    expect(afterKillOf(`tcp:1:${address}`).at('tcp', 1, address)).toBe('gone');
    expect(afterKillOf(`udp:1:${address}`).at('udp', 1, address)).toBe('gone');
    expect(afterKillOf('tcp:2:127.0.0.1').at('tcp', 1, '127.0.0.1')).toBeUndefined();
  });

  it.for(['127.0.0.1', '127.0.0.9', '0.0.0.0', '::1', '::'])(
    'belongs to another program that took it, at %s',
    async (address, { skip }) => {
      if (!(await canListen())) skip('unavailable: this sandbox denies listening');
      const server = withLoopback(() => net.createServer().listen(0, address));
      const socket = withLoopback(() =>
        dgram.createSocket(net.isIPv4(address) ? 'udp4' : 'udp6').bind(0, address),
      );
      await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
      const { port } = server.address() as net.AddressInfo;
      const { port: udp } = socket.address();
      expect(afterKillOf(`tcp:${port}:${address}`).at('tcp', port, address)).toBeUndefined();
      expect(afterKillOf(`udp:${udp}:${address}`).at('udp', udp, address)).toBeUndefined();
      server.close();
      socket.close();
      await once(server, 'close');
      expect(afterKillOf(`tcp:${port}:${address}`).at('tcp', port, address)).toBe('gone');
    },
  );
});
