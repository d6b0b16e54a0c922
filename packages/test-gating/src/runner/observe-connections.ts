import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { hostPort } from '@drydock/workspace';

/** Reports each TCP connection of this process once it is established, by its host name or else its address. */
export function observeConnections(see: (endpoint: string) => void): void {
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    let name: string | undefined;
    socket.once('lookup', (_error: unknown, _address: unknown, _family: unknown, host: string) => {
      name = host;
    });
    socket.once('connect', () => {
      const host = name ?? socket.remoteAddress;
      if (host !== undefined && socket.remotePort !== undefined)
        see(hostPort({ host, port: socket.remotePort }));
    });
  });
}
