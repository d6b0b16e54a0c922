import { expect, test } from 'vitest';
import { runInfoOf } from './run-info.js';
import type { RunRequest } from './run-request.js';

const request = {
  workspaceRoot: import.meta.dirname,
  grants: { level: 'integration' },
  run: ['slow'],
  select: [],
  vitestArgs: ['--bail', '1'],
} as unknown as RunRequest;

test('the command is kept as it was typed, without the arguments for Vitest', () => {
  expect(runInfoOf({ ...request, name: 'keeps order' }).command).toBe(
    'drydock run --level integration --run-slow -t "keeps order" -- …',
  );
});

test('a secret in the command is redacted', () => {
  const key = ['gsk', 'x7Qm2Vd8Kp4Wn6Rt9Zc3Bf5Hj1Ls0Gy'.repeat(2).slice(0, 52)].join('_');
  expect(runInfoOf({ ...request, name: `asks with ${key}` }).command).not.toContain(key);
});
