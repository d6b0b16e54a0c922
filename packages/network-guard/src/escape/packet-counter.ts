import dgram from 'node:dgram';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Target } from './plan.js';

/** Servers outside of the guarded process that count what reaches them. */
export interface PacketCounter {
  target: Target;
  /** How many connections and datagrams have arrived, by kind. */
  counts: { tcp: number; udp: number; unix: number };
  close(): Promise<void>;
}

/** Opens a TCP and a UDP port with the same number, and a Unix socket. */
export async function openPacketCounter(): Promise<PacketCounter> {
  const counts = { tcp: 0, udp: 0, unix: 0 };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'counter-'));
  const outside = path.join(folder, 'outside.sock');
  const tcp = net.createServer((socket) => {
    counts.tcp += 1;
    socket.destroy();
  });
  const unix = net.createServer((socket) => {
    counts.unix += 1;
    socket.destroy();
  });
  const udp = dgram.createSocket('udp4', () => {
    counts.udp += 1;
  });
  tcp.listen(0);
  unix.listen(outside);
  await Promise.all([once(tcp, 'listening'), once(unix, 'listening')]);
  const { port } = tcp.address() as net.AddressInfo;
  udp.bind(port);
  await once(udp, 'listening');
  return {
    target: { host: '127.0.0.1', port, hostName: 'localhost', outside },
    counts,
    close: async () => {
      tcp.close();
      unix.close();
      udp.close();
      await Promise.all([once(tcp, 'close'), once(unix, 'close')]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
