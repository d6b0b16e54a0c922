import { expect, test } from 'vitest';
import { lastLines, redact } from './redact.js';

test('takes known secrets out in every form', () => {
  expect(redact('p/w and p%2Fw', ['p/w', ''])).toBe('REDACTED and REDACTED');
});

test('takes credentials out of addresses', () => {
  expect(redact('at redis://:abc@h:1 and pg://u:p@h/x', [])).toBe(
    'at redis://REDACTED@h:1 and pg://REDACTED@h/x',
  );
});

test('the last lines are those that say something', () => {
  expect(lastLines('a\n\nb\r\n  \nc\n', 2)).toEqual(['b', 'c']);
});
