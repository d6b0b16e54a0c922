import { expect, test } from 'vitest';
import { lastLines, redact } from './redact.js';

test('takes known secrets out in every form', () => {
  const text = 'pass/word-9Z and pass%2Fword-9Z';
  expect(redact(text, ['pass/word-9Z'])).toBe('[redacted] and [redacted]');
});

test('takes credentials out of addresses', () => {
  expect(redact('at redis://:abc@h:1 and pg://u:p@h/x', [])).toBe(
    'at redis://[redacted]@h:1 and pg://[redacted]@h/x',
  );
});

test('the last lines are those that say something', () => {
  expect(lastLines('a\n\nb\r\n  \nc\n', 2)).toEqual(['b', 'c']);
});
