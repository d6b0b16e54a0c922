import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;

/** Servers on loopback that a test has opened. */
export class Servers {
  readonly #open: Server[] = [];
  readonly #sockets = new Set<Socket>();

  /** A server that says nothing, or does this with a connection. */
  tcp(onConnection: (socket: Socket) => void = () => {}): Promise<number> {
    return this.#listen(createServer(onConnection));
  }

  http(onRequest: RequestListener): Promise<number> {
    return this.#listen(createHttpServer(onRequest));
  }

  tls({ cert, key }: Certificate): Promise<number> {
    return this.#listen(createTlsServer({ cert, key }));
  }

  /** A port on which nothing listens any more. */
  async closedPort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      this.#open.splice(0).map((server) => new Promise((resolve) => server.close(() => resolve(undefined)))),
    );
  }

  async #listen(server: Server): Promise<number> {
    this.#open.push(server);
    server.on('connection', (socket: Socket) => this.#sockets.add(socket.on('error', () => {})));
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
}

/** A certificate that signs itself, and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate for a name, valid from and to so many days from now. */
export async function certificateFor(name: string, fromDays: number, toDays: number): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    notBeforeDate: new Date(Date.now() + fromDays * DAY_MS),
    notAfterDate: new Date(Date.now() + toDays * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}
