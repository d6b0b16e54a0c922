import { expect, test } from 'vitest';
import type { AttemptLog } from '../guard/attempt-log.js';
import { guardSettings } from './guard-settings.js';

const log = { path: '/nowhere' } as AttemptLog;
const isAlone = (env: NodeJS.ProcessEnv) =>
  guardSettings({}, [], {}, log, import.meta.dirname, { DRYDOCK_LEARN: 'x', ...env }).alone;

test.each([
  ['a run of its own', {}, true],
  ['a task of Nx beside others', { NX_TASK_TARGET_PROJECT: 'a' }, false],
  ['the one task of a run', { NX_TASK_TARGET_PROJECT: 'a', DRYDOCK_ALONE: '1' }, true],
  ['a run that made no namespace', { DRYDOCK_NO_WALL: '1' }, false],
])('what the kernel refuses counts for %s: %o is %s', (_what, env, expected) => {
  expect(isAlone(env)).toBe(expected);
});
