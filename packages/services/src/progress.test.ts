import { expect, test } from 'vitest';
import { terminalProgress } from './progress.js';

const events = [
  { backend: 'redis', phase: 'fetching', text: 'fetching a' },
  { backend: 'redis', phase: 'starting', text: 'starting' },
  { backend: 'redis', phase: 'done', text: '' },
] as const;

test('progress on a terminal is one line that vanishes', () => {
  expect(written(true)).toBe(
    '\r\u001b[2K drydock  redis: fetching a\r\u001b[2K drydock  redis: starting\r\u001b[2K',
  );
});

test('progress elsewhere is a plain line for each fetch', () => {
  expect(written(false)).toBe(' drydock  redis: fetching a\n');
});

function written(isTTY: boolean): string {
  let text = '';
  const show = terminalProgress({ isTTY, write: (part) => (text += part) });
  for (const event of events) show(event);
  return text;
}
