// @module-tag loopback
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { guardedFetch } from './guarded-fetch.js';

const PLACES = [2, 1].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));

test('a limit of the global dispatcher, 300 seconds unless somebody changes it, ends no request', async () => {
  void globalThis.Headers;
  const place = PLACES.find((one) => one in globalThis) as symbol;
  const world = globalThis as unknown as Record<symbol, { destroy(): Promise<void>; constructor: unknown }>;
  const own = world[place];
  const Agent = own?.constructor as new (
    options: object,
  ) => { destroy(): Promise<void>; constructor: unknown };
  // Timers of undici are coarse: it notices after a second.
  const impatient = new Agent({ headersTimeout: 100, bodyTimeout: 100 });
  const server = createServer((_, response) => setTimeout(() => response.end('{"late":true}'), 2_300));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    if (own) world[place] = own;
    await impatient.destroy();
    server.closeAllConnections();
    server.close();
  });
  world[place] = impatient;
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(fetch(baseURL)).rejects.toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
  const response = await guardedFetch({ provider: 'p', baseURL })(`${baseURL}/`);
  expect(await response.json()).toEqual({ late: true });
});
