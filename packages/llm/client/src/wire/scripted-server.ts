import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { type Clock, systemClock } from '@drydock/resilience';
import type { WireRequest, WireScript } from './answer.js';
import { selfSigned } from './certificate.js';
import { dedicatedFetch } from './dedicated-fetch.js';
import { Exchanges } from './exchanges.js';
import type { WirePlayer } from './player.js';
import { sendAnswer } from './send-answer.js';

/** Options of `startScriptedServer`. */
export interface ScriptedServerOptions {
  /** Serves HTTPS with a certificate made for this server; only the player's own `fetch` trusts it. @default false */
  readonly tls?: boolean | undefined;
  /** Longest that an answer may be under way, in milliseconds; its connection is reset then. @default 30_000 */
  readonly deadlineMs?: number | undefined;
  /** Time of pauses. @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
}

/** Plays a script by a real server on loopback, at a port of the system's choice. */
export async function startScriptedServer(
  script: WireScript,
  { tls = false, deadlineMs = 30_000, clock = systemClock }: ScriptedServerOptions = {},
): Promise<WirePlayer> {
  const exchanges = new Exchanges(script);
  const connections = new Map<number | undefined, Socket>();

  const serve: RequestListener = (request, response) => {
    const socket = connections.get(request.socket.remotePort) ?? request.socket;
    const cancel = clock.schedule(() => socket.resetAndDestroy(), deadlineMs);
    read(request)
      .then((read) => sendAnswer(exchanges.open(read, clock.now()), response, { socket, clock }))
      // A client that has gone needs no answer.
      .catch(() => socket.destroy())
      .finally(cancel);
  };
  const certificate = tls ? await selfSigned() : undefined;
  const server = certificate ? createTlsServer(certificate, serve) : createServer(serve);
  server.on('connection', (socket) => connections.set(socket.remotePort, socket));
  // A connection that a client cuts off is not an error of the server.
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listen(server);
  const client = dedicatedFetch(certificate?.cert);

  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    exchanges: exchanges.all,
    fetch: client.fetch,
    close: async () => {
      await client.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      exchanges.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url: path = '' } = request;
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return { method, path, headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString() };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
