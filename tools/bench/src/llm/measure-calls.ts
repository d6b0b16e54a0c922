import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { BODY } from './exchange.js';
import { SUBJECTS } from './subjects.js';

const ONE = fileURLToPath(new URL('measure-one.js', import.meta.url));
const LIMIT_MS = 120_000;
const CALLS = 2_000;

/** Microseconds of processor time of a call, by subject; those of the same index ran one after another. */
export type CallTimes = Readonly<Record<string, readonly number[]>>;

/** Calls over a fetch that answers at once, and over HTTP to a server in another process. */
export interface CallsMeasured {
  readonly fake: CallTimes;
  readonly http: CallTimes;
}

/** Measures every subject in turn, each in a process of its own, as often as asked. */
export async function measureCalls(pairs: number, tell: (line: string) => void): Promise<CallsMeasured> {
  const server = createServer((request, response) => {
    request
      .resume()
      .once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(BODY));
  });
  const origin = await listening(server);
  const names = Object.keys(SUBJECTS);
  const fake: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const http: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  try {
    for (let pair = 1; pair <= pairs; pair += 1) {
      // Every other round the other way about: none of them always follows the same one.
      for (const name of pair % 2 === 0 ? names.toReversed() : names) {
        fake[name]?.push(await measureOne(name, ''));
        http[name]?.push(await measureOne(name, origin));
      }
      tell(`calls, round ${pair} of ${pairs}`);
    }
    return { fake, http };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function measureOne(name: string, origin: string): Promise<number> {
  const child = spawn(process.execPath, [ONE, name, String(CALLS), origin], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const microseconds = Number(output);
  if (code !== 0 || !(microseconds > 0)) throw new Error(`${name} could not be measured (code ${code}).`);
  return microseconds;
}
