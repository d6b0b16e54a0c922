import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll } from 'vitest';

const DAY_MS = 86_400_000;
const open: Server[] = [];

afterAll(() => {
  for (const server of open.splice(0)) server.close();
});

/** Listens on a free port of loopback until the file's tests are over. */
export async function listening(server: Server): Promise<number> {
  open.push(server);
  server.on('connection', (socket: Socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return (server.address() as AddressInfo).port;
}

/** A port on which nothing listens any more. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server that does this with each connection. */
export function tcp(onConnection: (socket: Socket) => void): Promise<number> {
  return listening(createServer(onConnection));
}

/** A server that answers every request alike. */
export function answering(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<number> {
  const answer: RequestListener = (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  return listening(createHttpServer(answer));
}

/** A TLS server whose certificate is for this name, valid from and to so many days from now. */
export async function tls(
  name: string,
  fromDays: number,
  toDays: number,
): Promise<{ port: number; cert: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() + fromDays * DAY_MS),
    notAfterDate: new Date(Date.now() + toDays * DAY_MS),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
  const server = createTlsServer({ cert, key });
  server.on('tlsClientError', () => {});
  return { port: await listening(server), cert };
}
