import type { StepRunner } from './step.js';

const MOST_SKEW_MS = 60_000;

/** Compares this machine's clock with the time in the server's answer. */
export const compareClocks: StepRunner = async (_target, { serverTime }) => {
  if (serverTime === undefined) return undefined;
  const skew = Date.now() - serverTime.getTime();
  if (Math.abs(skew) < MOST_SKEW_MS) return undefined;
  const direction = skew > 0 ? 'ahead of' : 'behind';
  const seconds = Math.round(Math.abs(skew) / 1000);
  return {
    warning: true,
    code: 'CLOCK_SKEW',
    evidence: `this clock is ${seconds} s ${direction} the server's`,
  };
};
