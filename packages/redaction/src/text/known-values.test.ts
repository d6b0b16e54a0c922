import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';
import { COMMON_VALUES } from '../shapes/common-values.js';
import { isTooCommon } from './known-values.js';

const SECRET = `p&s"w/o'r\\d <+> é`;
const redactor = createRedactor({ values: { DB_PASSWORD: SECRET } });
const percent = encodeURIComponent(SECRET);

describe('a known value is found', () => {
  test.each([
    ['as it is', SECRET],
    ['URL-encoded', percent],
    ['URL-encoded in lower case', percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['URL-encoded strictly', percent.replaceAll("'", '%27')],
    ['form-encoded', new URLSearchParams({ v: SECRET }).toString().slice(2)],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET).slice(1, -1)).slice(1, -1)],
    ['in XML text', SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    [
      'in an XML attribute',
      SECRET.replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&apos;'),
    ],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['in hexadecimal', Buffer.from(SECRET).toString('hex')],
  ])('%s', (_, written) => {
    expect(redactor.text(`<${written}>`)).toBe('<[redacted DB_PASSWORD]>');
  });

  test.each([0, 1, 2, 3, 4, 5])('in base64 behind %i other bytes', (offset) => {
    const encoded = Buffer.from(`${'u'.repeat(offset)}${SECRET}--`).toString('base64');
    const shown = redactor.text(encoded);
    expect(shown).toContain('[redacted DB_PASSWORD]');
    const left = Buffer.from(shown.replace('[redacted DB_PASSWORD]', ''), 'base64').toString('latin1');
    expect(left).not.toMatch(/p&s|w\/o|r\\d/);
  });

  test('line by line when it has several', () => {
    const pem = `-----BEGIN THING-----\nMIIEvQIBADANBgkqh\nkiG9w0BAQEFAASCBK\n-----END THING-----\n`;
    const shown = createRedactor({ values: { CERT: pem } }).text(
      '+ MIIEvQIBADANBgkqh\n+ kiG9w0BAQEFAASCBK\n-----END THING-----',
    );
    expect(shown).toBe('+ [redacted CERT]\n+ [redacted CERT]\n-----END THING-----');
  });

  test('without the white space around it', () => {
    expect(createRedactor({ values: { A: ' hunter2x\n' } }).text('hunter2x')).toBe('[redacted A]');
  });

  test('where two overlap, both go', () => {
    const two = createRedactor({ values: { A: 'abcdefgh12', B: 'gh12ijklmn' } });
    expect(two.text('xabcdefgh12ijklmnx')).toBe('x[redacted A]x');
  });

  test('without a name when none is given', () => {
    expect(createRedactor({ values: ['hunter2x'] }).text('hunter2x')).toBe('[redacted]');
  });

  test('with a lone surrogate in it', () => {
    expect(createRedactor({ values: { A: 'hunter2\ud800x' } }).text('<hunter2\ud800x>')).toBe(
      '<[redacted A]>',
    );
  });
});

describe('of a URL only the login and secret parameters count', () => {
  const url = createRedactor({
    values: { POSTGRES_URL: 'postgres://bob:p%40ssw0rd@db1.example:5432/shop?sslkey=1&password=hunter2x' },
  });
  test.each([
    ['p%40ssw0rd', '[redacted POSTGRES_URL]'],
    ['p@ssw0rd', '[redacted POSTGRES_URL]'],
    ['hunter2x', '[redacted POSTGRES_URL]'],
    [Buffer.from('bob:p@ssw0rd').toString('base64'), '[redacted POSTGRES_URL]'],
    ['db1.example:5432', 'db1.example:5432'],
    ['shop', 'shop'],
  ])('%s', (text, shown) => expect(url.text(text)).toBe(shown));

  test('a password with an unencoded slash counts as well', () => {
    expect(createRedactor({ values: { U: 'redis://:hun/ter2x@h' } }).text('(hun/ter2x)')).toBe(
      '([redacted U])',
    );
  });

  test('a URL without a login is not a secret', () => {
    expect(
      createRedactor({ values: { REDIS_URL: 'redis://localhost:6379/0' } }).text('redis://localhost:6379/0'),
    ).toBe('redis://localhost:6379/0');
  });
});

describe('too short or too common to be looked for by value', () => {
  test.each([
    '',
    'a',
    'true',
    'false',
    '5432',
    '6379',
    '2026',
    '1234567',
    'postgres',
    'POSTGRES',
    'password',
    ' redis ',
    'localhost',
    '********',
    'OPENAI_API_KEY',
    ...COMMON_VALUES,
  ])('%s', (value) => {
    expect(isTooCommon(value)).toBe(true);
    const text = `a ${value} b`;
    expect(createRedactor({ values: { NAME: value } }).text(text)).toBe(text);
  });
  test.each(['hunter2', '12345678', 'postgres1', 'abcdef', 'neo4j!'])('not %s', (value) =>
    expect(isTooCommon(value)).toBe(false),
  );
});

describe('a value that the caller calls common', () => {
  const common = createRedactor({ values: { MONGODB_PASSWORD: 'mongodb' }, commonValues: ['MongoDB'] });

  test('is not looked for by itself', () => {
    expect(common.text('mongodb failed: MONGODB is away')).toBe('mongodb failed: MONGODB is away');
    expect(createRedactor({ values: { MONGODB_PASSWORD: 'mongodb' } }).text('mongodb failed')).toBe(
      '[redacted MONGODB_PASSWORD] failed',
    );
  });

  test('is replaced beside its name, unless the words may be prose', () => {
    expect(common.text('password=mongodb')).toBe('password=[redacted]');
    expect(common.text('password: mongodb')).toBe('password: mongodb');
  });
});

describe('a value that somebody cut short', () => {
  const cut = createRedactor({ values: { DB_PASSWORD: 'hunter2-hunter' } });

  test.each([
    ["expected 'hunter2-h…' to be 'x'", "expected '[redacted DB_PASSWORD]…' to be 'x'"],
    ['hunter2-hunt...', '[redacted DB_PASSWORD]...'],
    ['hunte… is too little', 'hunte… is too little'],
    ['hunter2 goes on…', 'hunter2 goes on…'],
  ])('%s', (text, redacted) => expect(cut.text(text)).toBe(redacted));
});

describe('what the user adds', () => {
  const added = createRedactor({
    values: [['A', 'first-value'], ['A', 'second-value'], 'third-value'],
    patterns: [/acme_[a-z]{6}/],
    allow: ['ghp_made-up', /sk-test-\w+/],
  });

  test('several values of one name, and values without one', () => {
    expect(added.text('first-value second-value third-value')).toBe('[redacted A] [redacted A] [redacted]');
    expect(added.knownIn('first-value first-value third-value')).toEqual(['A', 'value']);
    expect(added.knownIn('nothing')).toEqual([]);
  });

  test('patterns', () => expect(added.text('an acme_abcdef here')).toBe('an [redacted] here'));

  test('what is allowed stays, in texts and in values, unless it is known', () => {
    const text = 'Authorization: Bearer sk-test-1234567890123456789';
    expect(added.text(text)).toBe(text);
    expect(added.value({ token: 'ghp_made-up', password: 'other' })).toEqual({
      token: 'ghp_made-up',
      password: '[redacted]',
    });
    const known = createRedactor({ values: ['first-value'], allow: ['first-value'] });
    expect(known.text('first-value')).toBe('[redacted]');
  });
});
