import http from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from './answer.js';
import { MemoryHttpServer } from './memory-http-server.js';

/** Sends every body back. */
class Echo extends MemoryHttpServer {
  readonly agent = new http.Agent({ keepAlive: true });

  constructor() {
    super();
    Object.assign(this.agent, { createConnection: () => this.dial().connect() });
  }

  protected override respond(_request: http.IncomingMessage, body: Buffer): Answer {
    return { status: 200, body: body.toString() };
  }

  protected override send(response: http.ServerResponse, { status, body }: Answer): void {
    response.writeHead(status).end(String(body));
  }

  protected override begin(response: http.ServerResponse): void {
    response.write('beg');
  }
}

let server: Echo;
beforeEach(() => {
  server = new Echo();
});
afterEach(async () => {
  server.agent.destroy();
  await server.close();
});

function post(path: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request({ method: 'POST', path, agent: server.agent }, async (response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve(Buffer.concat(chunks).toString());
      } catch (error) {
        reject(error);
      }
    });
    request.once('error', reject);
    request.end(body);
  });
}

test('a request is answered over a stream in memory, and the connection is kept', async () => {
  await expect(post('/a', 'ž'.repeat(100_000))).resolves.toBe('ž'.repeat(100_000));
  await expect(post('/b', 'two')).resolves.toBe('two');
  expect(server).toMatchObject({ requests: 2, connections: 1 });
});

describe('a planted fault', () => {
  test('is answered in place of the server, as often as it was planted', async () => {
    server.answer('POST /a', { status: 500, body: 'planted' });
    await expect(post('/a', 'one')).resolves.toBe('planted');
    await expect(post('/a', 'two')).resolves.toBe('two');
  });

  test('applies to the requests that it matches', async () => {
    server.answer(/\/b$/, { status: 500, body: 'planted' });
    await expect(post('/a', 'one')).resolves.toBe('one');
    await expect(post('/b', 'two')).resolves.toBe('planted');
  });

  test.each(['before', 'within', 'after'] as const)('drops the connection %s the answer', async (when) => {
    server.drop('/a', when);
    await expect(post('/a', 'one')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(post('/a', 'two')).resolves.toBe('two');
  });

  test('holds a request until it is released', async () => {
    const held = server.hold('/a');
    const answer = post('/a', 'one');
    await held.reached;
    held.release();
    await expect(answer).resolves.toBe('one');
  });
});

test('a server that refuses breaks what was open and accepts no connection until it recovers', async () => {
  await post('/a', 'one');
  await server.refuse('ECONNREFUSED');
  expect(server.connections).toBe(0);
  await expect(post('/a', 'two')).rejects.toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' });
  server.recover();
  await expect(post('/a', 'three')).resolves.toBe('three');
  expect(server.connectionsMade).toBe(2);
});
