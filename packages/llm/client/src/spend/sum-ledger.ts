import type { SpendEvent } from './spend-ledger.js';
import type { SpendLimits } from './spend-limits.js';

/** The sums of a ledger. */
export interface LedgerSum {
  readonly calls: number;
  /** What settled calls used, and what was reserved for the others. */
  readonly tokens: number;
  /** Ids of the reservations that were within the limits when they were made. */
  readonly admitted: ReadonlySet<string>;
}

/** Adds up a ledger; every process that reads the same lines admits the same calls. */
export function sumLedger(events: readonly SpendEvent[], limits: SpendLimits): LedgerSum {
  const admitted = new Map<string, number>();
  let tokens = 0;
  for (const event of events) {
    if ('reserve' in event) {
      const fits = admitted.size < limits.maxCalls && tokens + event.tokens <= limits.maxTokens;
      if (!fits) continue;
      admitted.set(event.reserve, event.tokens);
      tokens += event.tokens;
    } else {
      const reserved = admitted.get(event.settle);
      if (reserved === undefined) continue;
      admitted.set(event.settle, event.tokens);
      tokens += event.tokens - reserved;
    }
  }
  return { calls: admitted.size, tokens, admitted: new Set(admitted.keys()) };
}
