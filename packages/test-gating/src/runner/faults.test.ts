import { expect, it, vi } from 'vitest';
import { failTask } from './faults.js';
import { WorkerRedactor } from './worker-redactor.js';

const FAULT = { code: 'ERR_DRYDOCK_BLOCKED', message: 'refused' } as const;

function passed(result: object): never {
  const file = { type: 'suite', result: { state: 'pass' } };
  return { type: 'test', result: { state: 'pass', ...result }, file } as never;
}

it('a swallowed refusal is an error of the last attempt too, which is what Vitest 5 prints', () => {
  const task: { result: unknown } = passed({
    attempts: [{ state: 'fail', errors: [{ message: 'first' }] }, { state: 'pass' }],
  });
  failTask(task as never, [FAULT]);
  const refusal = expect.objectContaining({
    message: 'refused',
    code: 'ERR_DRYDOCK_BLOCKED',
    swallowed: true,
  });
  expect(task.result).toEqual({
    state: 'fail',
    errors: [refusal],
    attempts: [
      { state: 'fail', errors: [{ message: 'first' }] },
      { state: 'fail', errors: [refusal] },
    ],
  });
});

it('an error that the refusal caused is not told beside it, and lends it the place', () => {
  const known = { message: 'fetch failed', stack: 'at rate (/a.ts:5:1)', cause: { message: 'refused' } };
  const task: { result: unknown } = passed({ state: 'fail', errors: [known, { message: 'another' }] });
  failTask(task as never, [FAULT]);
  expect((task.result as { errors: unknown }).errors).toEqual([
    expect.objectContaining({ message: 'refused', origin: known.stack }),
    { message: 'another' },
  ]);
});

it('secrets are removed from the errors of each attempt', () => {
  vi.stubEnv('LATE_API_KEY', 'sk-0123456789abcdef');
  const error = () => ({ message: 'refused sk-0123456789abcdef' });
  const result = { state: 'fail', errors: [error()], attempts: [{ state: 'fail', errors: [error()] }] };
  new WorkerRedactor().result(result as never);
  vi.unstubAllEnvs();
  expect(JSON.stringify(result)).not.toContain('0123456789');
});
