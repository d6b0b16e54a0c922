import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '@drydock/llm/wire';
import { BODY } from './exchange.js';

/** A server on loopback that gives the same answer to every request. */
export interface AnsweringServer {
  readonly origin: string;
  /** What a client of it has to trust, as PEM. */
  readonly certificate?: string | undefined;
  close(): void;
}

/** Starts one, over HTTP or over TLS as the services' own are. */
export async function startServer(scheme: 'http' | 'https'): Promise<AnsweringServer> {
  const tls = scheme === 'https' ? await selfSigned() : undefined;
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate: tls?.cert,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const answer: RequestListener = (request, response) => {
  request
    .resume()
    .once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(BODY));
};
