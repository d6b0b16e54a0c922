import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A second address of a server, which can die as a process does that is killed. */
export interface Relay {
  readonly baseURL: string;
  /** Ends every connection at once, and takes no further one. */
  readonly kill: () => Promise<void>;
}

/** Passes bytes on to the server of a base URL. */
export async function startRelay(baseURL: string): Promise<Relay> {
  const { hostname, port, pathname } = new URL(baseURL);
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    baseURL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}${pathname}`,
    kill: async () => {
      const closed = new Promise((resolve) => relay.close(resolve));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
  };
}
