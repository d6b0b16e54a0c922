import { expect, test } from 'vitest';
import { cassetteMode } from './mode-from-environment.js';

test('only the flag records, never a key', () => {
  expect(cassetteMode({ GROQ_API_KEY: 'k' })).toBe('replay');
  expect(cassetteMode({ DRYDOCK_LLM_RECORD: '0' })).toBe('replay');
  expect(cassetteMode({ DRYDOCK_LLM_RECORD: '1' })).toBe('record');
});
