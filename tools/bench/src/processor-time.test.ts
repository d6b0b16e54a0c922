import { expect, it } from 'vitest';
import { secondsOfDescendants, whyNotMeasurable } from './processor-time.js';

it('adds what the descendants used, user and system, and leaves the shell out', () => {
  expect(secondsOfDescendants('0m0.500000s 0m0.250000s\n1m2.500000s 0m0.250000s\n')).toBe(62.75);
});

it('reads the comma that some locales write', () => {
  expect(secondsOfDescendants('0m0,001s 0m0,002s\n0m1,500s 0m0,500s\n')).toBe(2);
});

it('refuses what it cannot read rather than reporting nothing used', () => {
  expect(() => secondsOfDescendants('')).toThrow('times');
  expect(() => secondsOfDescendants('0m0.5s 0m0.2s')).toThrow('times');
});

it('says where it cannot measure', () => {
  expect(whyNotMeasurable('win32')).toContain('Linux or macOS');
  expect(whyNotMeasurable('linux')).toBeUndefined();
  expect(whyNotMeasurable('darwin')).toBeUndefined();
});
