import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';

const redactor = createRedactor({
  values: { DB_PASSWORD: 'hunter2-hunter', LINES: 'first line here\nsecond line here' },
});
const RED = '\u001b[31m';
const END = '\u001b[39m';

describe('a secret that escape codes part is found, and the codes stay', () => {
  test.each([
    ['a colour inside', `a hunt${RED}er2${END}-hunter b`, `a [redacted DB_PASSWORD]${RED}${END} b`],
    ['a colour around', `${RED}hunter2-hunter${END}`, `${RED}[redacted DB_PASSWORD]${END}`],
    ['as JSON writes it', 'hunt\\u001b[31mer2-hunter', '[redacted DB_PASSWORD]\\u001b[31m'],
    ['as JavaScript writes it', 'hunt\\x1B[31mer2-hunter', '[redacted DB_PASSWORD]\\x1B[31m'],
    ['as XML writes it', 'hunt&#x1b;[31mer2-hunter', '[redacted DB_PASSWORD]&#x1b;[31m'],
    [
      'a link',
      'x \u001b]8;;https://host\u0007hunter2\u001b]8;;\u0007-hunter',
      'x \u001b]8;;https://host\u0007[redacted DB_PASSWORD]\u001b]8;;\u0007',
    ],
    ['a shape', `ghp_${'aB3dE6g'.repeat(3)}${RED}${'H9jK2mN'.repeat(3)}`, `[redacted github-token]${RED}`],
    [
      'a name and its value',
      `${RED}password${END}=${RED}hunter3${END}`,
      `${RED}password${END}=${RED}[redacted]${END}`,
    ],
  ])('%s', (_, text, redacted) => {
    expect(redactor.text(text)).toBe(redacted);
    expect(redactor.text(redacted)).toBe(redacted);
  });
});

test('a text with codes and without secrets stays as it is', () => {
  const text = `${RED}plain${END} words\u001b[2K\r\u001b[1A, and more`;
  expect(redactor.text(text)).toBe(text);
});

test.each([1, 2, 3, 7])('a coloured secret in chunks of %i characters does not pass', async (size) => {
  const text = `say hunt${RED}er2${END}-hunter\n${RED}first line here\nsecond${END} line here\nend${RED}`;
  const stream = redactor.stream();
  let output = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  for (let at = 0; at < text.length; at += size) stream.write(text.slice(at, at + size));
  stream.end();
  await new Promise((resolve) => stream.once('end', resolve));
  expect(output).toBe(redactor.text(text));
  expect(output).not.toMatch(/hunt|line here/);
});
