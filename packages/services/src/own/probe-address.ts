import { connect } from 'node:net';
import { firstAddress } from './first-address.js';

/** How an address is tried. */
export interface ProbeOptions {
  /** Port where the address names none. */
  readonly usualPort: number;
  /** Path to ask for over HTTP; a connection alone where it is absent. */
  readonly ready?: string | undefined;
  readonly timeoutMs: number;
}

/** Connects to the first server that an address names, or asks it for a path; rejects with the system's code. */
export async function probeAddress(address: string, options: ProbeOptions): Promise<void> {
  const url = urlOf(address);
  if (options.ready !== undefined) return askFor(options.ready, url, options.timeoutMs);
  // The hosts behind a name for SRV records are others than the name, and only a client of the server looks them up.
  if (url.protocol.endsWith('+srv:')) return;
  await dial(url.hostname.replace(/^\[|\]$/g, ''), Number(url.port) || options.usualPort, options.timeoutMs);
}

/** The first server of an address as a URL; the protocol is `tcp:` where there is none. */
function urlOf(address: string): URL {
  const first = firstAddress(address);
  return new URL(first.includes('://') ? first : `tcp://${first}`);
}

async function askFor(path: string, url: URL, timeoutMs: number): Promise<void> {
  const origin = /^https?:$/.test(url.protocol) ? url.origin : `http://${url.host}`;
  const response = await fetch(new URL(path, origin), {
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (response.status >= 400)
    throw Object.assign(new Error(`${path} answers ${response.status}`), {
      code: `HTTP_${response.status}`,
    });
}

function dial(host: string, port: number, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const settle = (error?: Error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('connect', () => settle());
    socket.once('error', settle);
    socket.once('timeout', () => settle(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
  });
}
