import type { AttemptRecord, Usage } from '../contract/index.js';

const NONE: Usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

/** What all attempts used together, as far as they told; failed ones cost as well. */
export function sumUsage(attempts: readonly AttemptRecord[]): Usage {
  const told = attempts.map(({ usage }) => usage).filter((usage) => usage !== undefined);
  return told.length === 0 ? NONE : told.reduce(add);
}

/** Every count by its name, so that a count that only one provider tells of is not lost. */
function add(sum: Usage, usage: Usage): Usage {
  const names = new Set([...Object.keys(sum), ...Object.keys(usage)]) as Set<keyof Usage>;
  return Object.fromEntries(
    [...names].map((name) => [name, (sum[name] ?? 0) + (usage[name] ?? 0)]),
  ) as unknown as Usage;
}
