import { expect, test } from 'vitest';
import { lastLines, redact } from './redact.js';

test('redact removes known secrets in every form', () => {
  const text = 'pass/word-9Z and pass%2Fword-9Z';
  expect(redact(text, ['pass/word-9Z'])).toBe('[redacted] and [redacted]');
});

test('redact removes credentials from addresses', () => {
  expect(redact('at redis://:abc@h:1 and pg://u:p@h/x', [])).toBe(
    'at redis://[redacted]@h:1 and pg://[redacted]@h/x',
  );
});

test('lastLines skips empty lines', () => {
  expect(lastLines('a\n\nb\r\n  \nc\n', 2)).toEqual(['b', 'c']);
});
