import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';

const redactor = createRedactor({
  values: { DB_PASSWORD: 'hunter2-hunter', LINES: 'first secret line\nsecond secret line' },
});

async function throughStream(chunks: readonly (string | Buffer)[]): Promise<string> {
  const stream = redactor.stream();
  const output: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => output.push(chunk));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
  return Buffer.concat(output).toString('utf8');
}

const TEXT = [
  'plain words, then hunter2-hunter and more',
  'Authorization: Bearer abc.def.ghi',
  '{"password":"hun\\"ter2","x":1}',
  'redis://bob:hunter2@host:6379/0',
  'first secret line',
  'second secret line',
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBK',
  '-----END PRIVATE KEY-----',
  "command: { name: 'auth',",
  "  args: [ 'bob', 'hunter3' ] }",
  'ünïcödé 🚢 done',
].join('\n');

describe('a stream gives what the whole text gives', () => {
  test.each([1, 2, 3, 5, 7, 11, 64, 10_000])('in chunks of %i bytes', async (size) => {
    const bytes = Buffer.from(TEXT);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
    const output = await throughStream(chunks);
    expect(output).toBe(redactor.text(TEXT));
    expect(output).not.toMatch(/hunter|secret line|MIIE|abc\.def/);
  });
});

describe('no more is held back than must be', () => {
  function emitted(text: string): string {
    const stream = redactor.stream();
    stream.write(text);
    return String(stream.read() ?? '');
  }
  test.each([
    ['a finished line goes', 'hello there\n', 'hello there\n'],
    ['finished words go', 'hello the', 'hello '],
    ['a progress line goes', 'working 1 of 2\rworking 2 of', 'working 1 of 2\rworking 2 '],
    ['a value that may go on waits', 'say password=hun', ''],
    ['a known value that has begun waits', 'go hunter2-', 'go '],
    ['a known value over two lines waits', 'x\nfirst secret line\n', 'x\n'],
    ['an open key block waits', 'x\n-----BEGIN PRIVATE KEY-----\nMIIE\n', 'x\n'],
  ])('%s', (_, written, out) => expect(emitted(written)).toBe(out));

  test('a line without end is passed on in stretches', { timeout: 60_000 }, async () => {
    const chunk = `${'x'.repeat(999)},`.repeat(100);
    const stream = redactor.stream();
    let length = 0;
    stream.on('data', (data: Buffer) => {
      length += data.length;
    });
    for (let n = 0; n < 30; n += 1) stream.write(`"${chunk}`);
    await new Promise((resolve) => setImmediate(resolve));
    expect(length).toBeGreaterThan(1_000_000);
    stream.destroy();
  });

  test('the rest of a secret that is longer than the limit does not pass', { timeout: 60_000 }, async () => {
    const stream = redactor.stream();
    let output = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    stream.write('x password=');
    for (let n = 0; n < 40; n += 1) stream.write('s3cret'.repeat(10_000));
    stream.end('\nnext line\n');
    await new Promise((resolve) => stream.once('end', resolve));
    expect(output).toBe('x password=[redacted]\nnext line\n');
  });

  test('where a long line is parted no name is parted from its value', { timeout: 60_000 }, async () => {
    const unit = 'say password=hunter2 and --token s3cret then ';
    const stream = redactor.stream();
    let output = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    for (let n = 0; n < 40; n += 1) stream.write(unit.repeat(1_000));
    stream.end();
    await new Promise((resolve) => stream.once('end', resolve));
    expect(output.replaceAll('say password=[redacted] and --token [redacted] then ', '')).toBe('');
  });
});
