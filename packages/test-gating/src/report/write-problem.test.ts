import { expect, it } from 'vitest';
import { codeWith, problemOfWriting, writeProblemOf } from './write-problem.js';

const failed = (code: string, syscall = 'open', path?: string) =>
  Object.assign(new Error(`${code}: no, ${syscall}`), { code, syscall, ...(path && { path }) });

it.each([
  [failed('EACCES', 'open', '/x/ledger.json'), 2, 'Cannot read or write /x/ledger.json (EACCES).'],
  [failed('EROFS', 'mkdir', '/x'), 2, '(EROFS)'],
  [failed('ENOTDIR', 'mkdir', '/x'), 2, '(ENOTDIR)'],
  [failed('ENOENT', 'mkdtemp', '/gone/a-XXXXXX'), 2, 'TMPDIR set to a folder that exists'],
  [failed('ENOSPC', 'write'), 4, 'the disk is full (ENOSPC)'],
  [failed('EDQUOT', 'write', '/x'), 4, 'written to /x: the disk is full'],
])('%s ends with %i in one line', (error, code, text) => {
  const problem = problemOfWriting(() => {
    throw error;
  });
  expect(problem).toEqual({ code, line: expect.stringContaining(text) });
  expect(problem?.line).not.toContain('\n');
});

it.each([
  failed('ENOENT', 'open'),
  new TypeError('x'),
  undefined,
  Object.assign(new Error('x'), { code: 'EACCES' }),
])('%s is not a problem of writing', (error) => {
  expect(writeProblemOf(error)).toBeUndefined();
  expect(() =>
    problemOfWriting(() => {
      throw error;
    }),
  ).toThrow();
});

it('a full disk excuses no failure, and a wrong place is the first thing to fix', () => {
  const [wrong, full] = [2, 4].map((code) => ({ code, line: '' }));
  expect([0, 1, 3, 4].map((code) => codeWith(code, full))).toEqual([4, 1, 3, 4]);
  expect([0, 1, 3, 4].map((code) => codeWith(code, wrong))).toEqual([2, 2, 2, 2]);
  expect(codeWith(1, undefined)).toBe(1);
});
