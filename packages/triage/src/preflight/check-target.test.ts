import { expect, test, vi } from 'vitest';
import { checkTarget } from './check-target.js';
import { type Finding, STEPS, type Step } from './finding.js';
import type { StepResult, StepRunner, StepRunners } from './steps/step.js';
import { coded } from './steps/within.js';

const TARGET = { name: 'redis', kind: 'service', host: 'db1', port: 6379 } as const;

async function check(results: Partial<Record<Step, StepResult | Error>>): Promise<Finding[]> {
  const runner =
    (step: Step): StepRunner =>
    async () => {
      const result = results[step];
      if (result instanceof Error) throw result;
      return result;
    };
  const runners = Object.fromEntries(STEPS.map((step) => [step, runner(step)])) as unknown as StepRunners;
  const onFinding = vi.fn<(finding: Finding) => void>();
  await checkTarget(TARGET, { stepMs: 100, onFinding, runners });
  return onFinding.mock.calls.map(([finding]) => finding);
}

test('the steps are taken in order, and one with nothing to check says nothing', async () => {
  const found = await check({ version: { evidence: '7.0', version: '7.0' }, tcp: { evidence: 'connected' } });
  expect(found.map(({ step, ok }) => [step, ok])).toEqual([
    ['tcp', true],
    ['version', true],
  ]);
  expect(found[0]).toMatchObject({ name: 'redis', endpoint: 'db1:6379', evidence: 'connected' });
});

test('a step that fails is the last', async () => {
  const found = await check({
    dns: { evidence: 'resolved' },
    tcp: coded('ECONNREFUSED', 'no connection'),
    login: { evidence: 'logged in' },
  });
  expect(found.map(({ step }) => step)).toEqual(['dns', 'tcp']);
  expect(found[1]).toMatchObject({ ok: false, code: 'ECONNREFUSED', evidence: 'no connection' });
});

test('the login has a bound of its own', async () => {
  const bounds: [Step, number][] = [];
  const noting =
    (step: Step): StepRunner =>
    async (_target, _progress, limitMs) => {
      bounds.push([step, limitMs]);
      return undefined;
    };
  const runners = Object.fromEntries(STEPS.map((step) => [step, noting(step)])) as unknown as StepRunners;
  await checkTarget(TARGET, { stepMs: 100, loginMs: 700, onFinding: () => {}, runners });
  expect(bounds).toEqual(STEPS.map((step) => [step, step === 'login' ? 700 : 100]));
});

test('a warning ends nothing', async () => {
  const found = await check({ tls: { evidence: 'soon', warning: true }, login: { evidence: 'logged in' } });
  expect(found.map(({ step, warning }) => [step, warning])).toEqual([
    ['tls', true],
    ['login', undefined],
  ]);
});
