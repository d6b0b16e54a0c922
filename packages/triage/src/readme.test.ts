import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import * as triage from './index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const scope = triage;
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed.length).toBeGreaterThan(4);
});
