import { once } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryServer } from './memory-server.js';
import type { MemorySocket } from './memory-socket.js';

/** Sends every text back in capitals, and applies what comes during a silence when that is over. */
class Loud extends MemoryServer<string> {
  readonly served: string[] = [];

  async open(): Promise<MemorySocket> {
    const client = this.dial().connect();
    await once(client, 'connect');
    return client;
  }

  protected override accept(socket: MemorySocket): void {
    socket.on('data', async (chunk) => {
      const text = await this.serve(`SAY ${chunk}`, {
        socket,
        serve: () => {
          this.served.push(String(chunk));
          return String(chunk).toUpperCase();
        },
        answer: (planted) => planted,
        drop: () => socket.reset('ECONNRESET'),
        silence: (over) => over,
      });
      if (text !== undefined) socket.write(text);
    });
  }
}

let server: Loud;
beforeEach(() => {
  server = new Loud();
});

async function say(client: MemorySocket, text: string): Promise<string> {
  client.write(text);
  const [answer] = await once(client, 'data');
  return String(answer);
}

describe('a connection in memory', () => {
  test('carries requests, and is counted while it is open', async () => {
    const client = await server.open();
    await expect(say(client, 'one')).resolves.toBe('ONE');
    await expect(say(client, 'two')).resolves.toBe('TWO');
    expect(server).toMatchObject({ connections: 1, connectionsMade: 1, requests: 2 });
    client.end();
    await once(client, 'close');
    expect(server).toMatchObject({ connections: 0, connectionsMade: 1 });
  });

  test('is decided on after the call of connect returns', async () => {
    const opening = server.open();
    expect(server.connections).toBe(0);
    const client = await opening;
    expect(client.connecting).toBe(false);
  });

  test('delivers after the call of write has returned', async () => {
    const client = await server.open();
    client.write('late');
    expect(server.requests).toBe(0);
    await once(client, 'data');
    expect(server.requests).toBe(1);
  });

  test('fails when the server breaks it, and ends when the server closes', async () => {
    const broken = await server.open();
    const failed = once(broken, 'error');
    await server.breakConnections();
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
    const closed = await server.open();
    closed.resume();
    await server.close();
    expect(closed).toMatchObject({ destroyed: true, errored: null });
  });

  test('may be gone before the answer', async () => {
    const client = await server.open();
    client.write('one');
    const held = server.hold('one');
    await held.reached;
    client.destroy();
    held.release();
    await new Promise(setImmediate);
    expect(server).toMatchObject({ served: ['one'], connections: 0 });
  });

  test('fails with the code that the server refuses with', async () => {
    await server.refuse('ECONNREFUSED');
    await expect(server.open()).rejects.toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect' });
    server.recover();
    await expect(say(await server.open(), 'again')).resolves.toBe('AGAIN');
  });
});

describe('a planted fault', () => {
  test.each([
    ['before', []],
    ['after', ['one']],
  ] as const)('drops the connection %s the request is served', async (when, served) => {
    server.drop(/^SAY one$/, when);
    await expect(say(await server.open(), 'one')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(server.served).toEqual(served);
    await expect(say(await server.open(), 'one')).resolves.toBe('ONE');
  });

  test('is an answer for as many requests as it was planted for', async () => {
    server.answer('SAY', 'no', 2);
    const client = await server.open();
    const answers = [await say(client, 'one'), await say(client, 'two'), await say(client, 'three')];
    expect(answers).toEqual(['no', 'no', 'THREE']);
    expect(server.served).toEqual(['three']);
  });

  test('holds a request until it is released', async () => {
    const held = server.hold('one');
    const answer = say(await server.open(), 'one');
    await held.reached;
    expect(server.served).toEqual([]);
    held.release();
    await expect(answer).resolves.toBe('ONE');
  });

  test('silences the server until it recovers; a client that left is not served then', async () => {
    server.silence();
    const [left, waiting] = [await server.open(), await server.open()];
    left.write('left');
    const answer = say(waiting, 'waiting');
    await new Promise(setImmediate);
    left.destroy();
    await new Promise(setImmediate);
    expect(server).toMatchObject({ requests: 2, served: [] });
    server.recover();
    await expect(answer).resolves.toBe('WAITING');
    expect(server.served).toEqual(['waiting']);
  });
});
