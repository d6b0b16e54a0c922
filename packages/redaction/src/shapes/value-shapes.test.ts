import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.js';
import { findShapes } from '../text/find-shapes.js';
import { SHAPE_SAMPLES } from './shape-samples.js';
import { VALUE_SHAPES } from './value-shapes.js';

const redactor = createRedactor();

test('every shape has a sample and a source', () => {
  expect(new Set(SHAPE_SAMPLES.map(([name]) => name))).toEqual(new Set(VALUE_SHAPES.map(({ name }) => name)));
  for (const { source } of VALUE_SHAPES) expect(URL.canParse(source)).toBe(true);
});

describe.each(SHAPE_SAMPLES)('%s', (name, value) => {
  test.each([
    ['alone', '', ''],
    ['in prose', 'the key ', ' was refused.'],
    ['in quotes', '"', '"'],
    ['in brackets', '(', ')'],
    ['after a line break', 'first\n', '\nlast'],
  ])('%s', (_, before, after) => {
    expect(redactor.text(before + value + after)).toBe(`${before}[redacted ${name}]${after}`);
  });

  test('is found by this shape alone', () => {
    expect([...new Set(findShapes(value).map((span) => span.name))]).toEqual([name]);
  });

  test('no piece of it is left when it is a property', () => {
    expect(redactor.value({ list: [{ note: value }] })).toEqual({ list: [{ note: `[redacted ${name}]` }] });
  });
});

test('a private key that is cut short goes as far as it looks like one', () => {
  const cut = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqh\nkiG9w0';
  expect(redactor.text(`{ key: "${cut}", next: 1 }`)).toBe('{ key: "[redacted private-key]", next: 1 }');
});

test('a private key goes whole where Node prints it as strings that are added', () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqh'.repeat(4)}\n${'kiG9w0'.repeat(12)}\n-----END PRIVATE KEY-----`;
  const printed = inspect({ nested: { list: [`told ${key} aloud`] } }, { breakLength: 40 });
  expect(printed).toContain("' +");
  expect(redactor.text(printed)).not.toMatch(/MIIE|kiG9/);
  expect(redactor.text(`'-----BEGIN PRIVATE KEY-----\\nMIIE', 'plain' + 'text'`)).toContain(
    "'plain' + 'text'",
  );
});

describe('what only looks like a key stays', () => {
  test.each([
    'sk-fading-circle-container',
    'task-force-12345678901234567890',
    'npm_config_user_agent',
    'npm_lifecycle_event',
    'AKIAshort',
    'AIzaShort',
    'eyJhbGciOiJIUzI1NiJ9',
    'ghp_short',
    'xoxo-hugs',
    'SG.a.b',
    '12:34:56',
    'hf_model',
    'gsk_x',
    'sha256-abcdefghijklmnop',
    'd41d8cd98f00b204e9800998ecf8427e',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'https://hooks.slack.com/',
    'ASIAN_CUISINE_RECIPES',
    'pypi-server',
    'key-value',
    'Bearer of news',
    'glorious',
    'AGE-OF-EMPIRES',
  ])('%s', (text) => expect(redactor.text(text)).toBe(text));
});
