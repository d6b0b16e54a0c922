import { describe, expect, test } from 'vitest';
import { CommandParser, encodeReply, error, status } from './resp.js';

describe('CommandParser', () => {
  const input = Buffer.from(
    '*1\r\n$4\r\nPING\r\n*3\r\n$3\r\nSET\r\n$2\r\n\r\n\r\n$3\r\n\u20ac\r\n*2\r\n$3\r\nGET\r\n$0\r\n\r\n',
  );
  const commands = [['PING'], ['SET', '\r\n', Buffer.from('\u20ac').toString('latin1')], ['GET', '']];

  test('reads several commands in one chunk', () => {
    expect([...new CommandParser().push(input)]).toEqual(commands);
  });

  test('reads commands that are split at every place', () => {
    for (let cut = 0; cut <= input.length; cut += 1) {
      const parser = new CommandParser();
      const read = [...parser.push(input.subarray(0, cut)), ...parser.push(input.subarray(cut))];
      expect(read).toEqual(commands);
    }
  });

  test('reads commands byte by byte', () => {
    const parser = new CommandParser();
    expect([...input].flatMap((byte) => [...parser.push(Buffer.of(byte))])).toEqual(commands);
  });

  test('refuses input that is not a command', () => {
    expect(() => [...new CommandParser().push(Buffer.from('GET / HTTP/1.1\r\n'))]).toThrow('protocol error');
  });
});

describe('encodeReply', () => {
  test('writes RESP2', () => {
    expect(encodeReply([1, 'ab', null, status('OK'), error('ERR no'), ['']])).toBe(
      '*6\r\n:1\r\n$2\r\nab\r\n$-1\r\n+OK\r\n-ERR no\r\n*1\r\n$0\r\n\r\n',
    );
  });
});
