import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from './redactor.js';
import { SHAPE_SAMPLES } from './shapes/shape-samples.js';
import { isTooCommon } from './text/known-values.js';

/** Pieces that rules react to, so that random texts are full of half-matches. */
const PIECE = fc.oneof(
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.constantFrom(
    ...[
      'password',
      'token',
      '=',
      ':',
      ' ',
      '"',
      "'",
      '\\"',
      '\n',
      '\r\n',
      '[redacted]',
      '[redacted A]',
      '[redacted ',
      ']',
      '://',
      '@',
      '?key=',
      '&',
    ],
    ...[
      'Bearer ',
      'Basic ',
      'Authorization: ',
      'Set-Cookie: ',
      '--token ',
      '[',
      '[ ',
      ',',
      '{',
      "name: 'auth', args: [",
      'sk-',
      'eyJ',
      '-----BEGIN PRIVATE KEY-----',
    ],
    ...SHAPE_SAMPLES.map(([, value]) => value),
  ),
);
const TEXT = fc.array(PIECE, { maxLength: 14 }).map((pieces) => pieces.join(''));
const SECRET = fc
  .string({ minLength: 8, maxLength: 40 })
  .filter((secret) => !isTooCommon(secret) && !/redacted|SECRET|:\/\//i.test(secret));

/** Long enough for a machine that does much else. */
const TIMEOUT = { timeout: 60_000 };

test('redacting twice gives what once gives', TIMEOUT, () => {
  fc.assert(
    fc.property(TEXT, SECRET, (text, secret) => {
      const redactor = createRedactor({ values: { SECRET: secret } });
      const once = redactor.text(`${text}${secret}`);
      expect(redactor.text(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('no known value is left, wherever it stands and however it is written', TIMEOUT, () => {
  const writings = [
    (secret: string) => secret,
    (secret: string) => JSON.stringify({ a: secret }),
    (secret: string) => encodeURIComponent(secret),
    (secret: string) => Buffer.from(secret).toString('base64'),
  ];
  fc.assert(
    fc.property(TEXT, TEXT, SECRET, fc.constantFrom(...writings), (before, after, secret, write) => {
      const written = write(secret.trim());
      const shown = createRedactor({ values: { SECRET: secret } }).text(before + written + after);
      const marks = shown.replaceAll(/\[redacted(?: [\w-]+)?\]/g, '\u0000');
      expect(marks).not.toContain(written);
    }),
    { numRuns: 500 },
  );
});

test('a value is copied without the secret and without touching the input', TIMEOUT, () => {
  const withSecret = fc.tuple(
    SECRET,
    fc.object({ withMap: true, withSet: true, withTypedArray: true, maxDepth: 4 }),
  );
  fc.assert(
    fc.property(withSecret, ([secret, value]) => {
      const redactor = createRedactor({ values: { SECRET: secret } });
      const input = {
        value,
        list: [new Map([['k', new Set([secret])]])],
        error: new Error(secret, { cause: { secret } }),
      };
      const before = inspect(input, { depth: 20 });
      const once = redactor.value(input);
      expect(inspect(once, { depth: 20, maxStringLength: null }).split('\n').join('')).not.toContain(
        secret.trim(),
      );
      expect(inspect(redactor.value(once), { depth: 20 })).toBe(inspect(once, { depth: 20 }));
      expect(inspect(input, { depth: 20 })).toBe(before);
    }),
    { numRuns: 150 },
  );
});

test('a stream gives what the whole text gives, however it is cut', TIMEOUT, async () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(TEXT, SECRET, TEXT, cuts, async (before, secret, after, sizes) => {
      const redactor = createRedactor({ values: { SECRET: secret } });
      const text = Buffer.from(before + secret + after).toString('utf8');
      const stream = redactor.stream();
      stream.setEncoding('utf8');
      let output = '';
      stream.on('data', (chunk: string) => {
        output += chunk;
      });
      const bytes = Buffer.from(text);
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const size = sizes[n % sizes.length] ?? 1;
        stream.write(bytes.subarray(at, at + size));
        at += size;
      }
      await new Promise((resolve) => stream.once('end', resolve).end());
      expect(output).toBe(redactor.text(text));
    }),
    { numRuns: 300 },
  );
});
