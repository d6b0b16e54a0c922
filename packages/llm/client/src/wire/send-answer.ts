import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, sleep } from '@drydock/resilience';
import { aborted } from './aborted.js';
import { bodyWriter } from './body-writer.js';
import type { Exchange } from './exchange.js';

/** What an answer is sent with. */
export interface Sending {
  /** The TCP connection, below TLS where there is any. */
  readonly socket: Socket;
  readonly clock: Clock;
}

/** Sends an answer as its script says; rejects when the client goes away before its end. */
export async function sendAnswer(
  exchange: Exchange,
  response: ServerResponse,
  sending: Sending,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    exchange.finish('given up');
    gone.abort(new Error('the client went away'));
  });
  const { headersAfterMs = 0, ending } = exchange.answer;
  if (headersAfterMs === 'never') return aborted(gone.signal);
  if (headersAfterMs > 0) await sleep(headersAfterMs, gone.signal, sending.clock);
  if (ending !== 'reset before headers') return sendWhole(exchange, response, gone.signal, sending);
  exchange.finish('played');
  sending.socket.resetAndDestroy();
}

async function sendWhole(
  exchange: Exchange,
  response: ServerResponse,
  gone: AbortSignal,
  { socket, clock }: Sending,
): Promise<void> {
  const { status = 200, headers, chunks = [], chunkEveryMs = 0, encoding, ending = 'end' } = exchange.answer;
  response.writeHead(status, { ...headers, ...(encoding && { 'content-encoding': encoding }) });
  response.flushHeaders();
  const body = bodyWriter(response, encoding);
  for (const chunk of chunks) {
    if (chunkEveryMs > 0) await sleep(chunkEveryMs, gone, clock);
    await body.write(Buffer.from(chunk));
  }
  if (ending === 'stall') return aborted(gone);
  exchange.finish('played');
  if (ending === 'end') await body.end();
  else if (ending === 'cut') response.socket?.end();
  else socket.resetAndDestroy();
}
