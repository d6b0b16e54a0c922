import { expect, it } from 'vitest';
import { manyLines, oneLine } from './printable.js';

it.each([
  ['a terminal sequence', '\u001b[31mred\u001b[0m', 'red'],
  ['NUL and a bell', 'a\0b\u0007', 'a␀b␇'],
  ['lines and tabs', 'a\r\nb\tc', 'a␊b␉c'],
  ["JavaScript's line ends", 'a\u2028b\u2029', 'a␊b␊'],
  ['a change of direction', 'abc\u202etxt', 'abc\ufffdtxt'],
  ['half a pair', 'a\ud800b', 'a\ufffdb'],
  ['a whole pair', 'ship 🚢', 'ship 🚢'],
  ['a C1 control', 'a\u009bb', 'a\ufffdb'],
])('%s', (_, text, shown) => {
  expect(oneLine(text)).toBe(shown);
});

it('is cut, and says by how much', () => {
  expect(oneLine('x'.repeat(1_000_000), 10)).toMatch(/^x{10}… \(\d+ more characters\)$/);
});

it('keeps lines where there may be several', () => {
  expect(manyLines('a\n\tb\u001b[1mc')).toBe('a\n\tbc');
});
