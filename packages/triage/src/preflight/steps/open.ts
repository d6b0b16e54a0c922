import { once } from 'node:events';
import { request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { connect, type Socket } from 'node:net';
import { endpointOf, type Target } from '../target.js';
import type { Address, Progress } from './step.js';
import { coded, within } from './within.js';

/** Opens a TCP connection: to the first address that answers, or through the proxy. */
export function open(target: Target, { proxy, addresses }: Progress, stepMs: number): Promise<Socket> {
  return proxy
    ? tunnel(proxy, endpointOf(target), stepMs)
    : dial(addresses[0] as Address, target.port, stepMs);
}

/** Opens a TCP connection to one address. */
export async function dial({ address, family }: Address, port: number, stepMs: number): Promise<Socket> {
  const socket = connect({ host: address, port, family });
  try {
    await within(stepMs, once(socket, 'connect'));
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Opens a connection through a proxy's CONNECT. */
async function tunnel(proxy: URL, path: string, stepMs: number): Promise<Socket> {
  const login = decodeURIComponent(`${proxy.username}:${proxy.password}`);
  const ask = (proxy.protocol === 'https:' ? requestSecurely : request)({
    host: proxy.hostname.replace(/^\[|\]$/gu, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path,
    agent: false,
    headers: login === ':' ? {} : { 'proxy-authorization': `Basic ${btoa(login)}` },
  });
  try {
    const answered = within(stepMs, once(ask, 'connect'));
    ask.end();
    const [response, socket] = (await answered) as [{ statusCode?: number }, Socket];
    if (response.statusCode === 200) return socket;
    socket.destroy();
    throw coded(`HTTP_${response.statusCode}`, `the proxy ${proxy.host} refused with ${response.statusCode}`);
  } catch (error) {
    ask.destroy();
    throw error;
  }
}
