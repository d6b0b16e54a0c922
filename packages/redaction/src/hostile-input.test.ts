import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.js';

const SIZE = 1_000_000;
const repeat = (text: string) => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE);

/** Texts that make patterns of more than linear cost stand still. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['one letter', repeat('a')],
  ['dashes', repeat('-')],
  ['dots and dashes', repeat('a.b-')],
  ['blanks', repeat(' ')],
  ['quotes', repeat('"')],
  ['an open quote', `password: "${repeat('a')}`],
  ['backslashes', `password: "${repeat('\\')}`],
  ['escaped quotes', repeat('password:\\"')],
  ['names', repeat('password=')],
  ['names in quotes', repeat('"password":"')],
  ['a very long value', `password=${repeat('x')}`],
  ['replacements', repeat('[redacted]')],
  ['a value of replacements', `password=${repeat('[redacted]')}`],
  ['half a replacement', repeat('[redacted ')],
  ['protocols', repeat('a://')],
  ['logins without end', repeat('a://b:c')],
  ['logins', repeat('a://b@')],
  ['a login of replacements', `a://${repeat('[redacted]')}`],
  ['a login without an at', `a://b:${repeat('c')}`],
  ['sk-', repeat('sk-')],
  ['sk- and a long run', `sk-${repeat('a')}`],
  ['eyJ', repeat('eyJ')],
  ['eyJ with dots', repeat('eyJaaaaaaaa.')],
  ['a broken JWT', `eyJ${repeat('a')}`],
  ['key blocks', repeat('-----BEGIN PRIVATE KEY-----')],
  ['an open key block', `-----BEGIN PRIVATE KEY-----${repeat('A\n')}`],
  ['half a key block', repeat('-----BEGIN RSA ')],
  ['schemes', repeat('Bearer ')],
  ['basic schemes', repeat('Basic YTpi ')],
  ['commands', repeat("name: 'auth', args: [")],
  ['flags', repeat('--token ')],
  ['parameters', repeat('?key=&')],
  ['AKIA', repeat('AKIAAAAAAAAAAAAAAAAA')],
  ['digits', repeat('1234567890')],
  ['NUL', repeat('\u0000')],
  ['a known value', repeat('hunter2x')],
  ['almost a known value', repeat('hunter2')],
];

describe('a megabyte of hostile text takes linear time', () => {
  const redactor = createRedactor({ values: { A: 'hunter2x', B: 'aaaaaaab' } });

  test.each(HOSTILE)('%s', { timeout: 60_000 }, (_, text) => {
    const started = process.cpuUsage();
    const redacted = redactor.text(text);
    const { user } = process.cpuUsage(started);
    expect(redacted).not.toContain('hunter2x');
    // Linear is well under a second; quadratic would be minutes.
    expect(user / 1_000).toBeLessThan(5_000);
  });
});
