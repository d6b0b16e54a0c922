import { once } from 'node:events';
import { connect } from 'node:tls';
import { faultsOf } from '../faults-of.js';
import { answering, tls } from '../loopback-servers.js';

const fault = faultsOf('TLS');

async function handshake(port: number, cert?: string): Promise<void> {
  const trusted = cert === undefined ? {} : { ca: cert };
  await once(connect({ port, host: '127.0.0.1', servername: 'db1.test', ...trusted }), 'secureConnect');
}

fault('the certificate is for another name', 'environment / tls', async () => {
  const { port, cert } = await tls('other.test', -1, 10);
  await handshake(port, cert);
});

fault('the certificate has expired', 'environment / tls', async () => {
  const { port, cert } = await tls('db1.test', -20, -10);
  await handshake(port, cert);
});

fault('the certificate is not yet valid', 'environment / clock-skew', async () => {
  const { port, cert } = await tls('db1.test', 5, 10);
  await handshake(port, cert);
});

fault('nobody known signed the certificate', 'environment / tls', async () => {
  const { port } = await tls('db1.test', -1, 10);
  await handshake(port);
});

fault('the port speaks no TLS', 'environment / tls', async () => {
  await handshake(await answering(200, {}));
});

fault('fetch from a server that nobody known vouches for', 'environment / tls', async () => {
  const { port } = await tls('localhost', -1, 10);
  await fetch(`https://localhost:${port}/`);
});
