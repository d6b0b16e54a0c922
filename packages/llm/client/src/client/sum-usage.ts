import type { AttemptRecord, Usage } from '../contract/index.js';

const NONE: Usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

/** The sum of what the attempts used, as far as it is known; failed ones cost too. */
export function sumUsage(attempts: readonly AttemptRecord[]): Usage {
  const known = attempts.map(({ usage }) => usage).filter((usage) => usage !== undefined);
  return known.length === 0 ? NONE : known.reduce(add);
}

/** Adds each count by its name, so that a count which only one provider reports is not lost. */
function add(sum: Usage, usage: Usage): Usage {
  const names = new Set([...Object.keys(sum), ...Object.keys(usage)]) as Set<keyof Usage>;
  return Object.fromEntries(
    [...names].map((name) => [name, (sum[name] ?? 0) + (usage[name] ?? 0)]),
  ) as unknown as Usage;
}
