import type { Ledger } from '../ledger/schema.js';
import { manyLines, oneLine } from './printable.js';

const LINE_LIMIT = 1_000;
/** Texts that may have several lines. */
const SEVERAL_LINES = new Set(['detail', 'stack', 'text', 'output']);

/** A ledger whose texts are safe to show; each format still escapes its own special characters. */
export function presentable(ledger: Ledger): Ledger {
  return harmless(ledger) as Ledger;
}

function harmless(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return SEVERAL_LINES.has(key) ? manyLines(value) : oneLine(value, LINE_LIMIT);
  if (Array.isArray(value)) return value.map((item) => harmless(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, harmless(item, name)]));
}
