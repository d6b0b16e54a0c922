import { OptionCheck } from '@drydock/storage/backend-kit';

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** PostgreSQL cuts longer names silently, so that two of them could become one. */
const MAX_LENGTH = 63;

/** Quotes an identifier; throws a `TypeError` for anything but letters, digits and underscores, at most 63. */
export function quoteIdentifier(option: 'schema' | 'table' | 'columns' | 'indexes', name: string): string {
  if (typeof name !== 'string' || name.length > MAX_LENGTH || !PLAIN.test(name)) {
    const rule = `letters, digits and underscores, not starting with a digit, at most ${MAX_LENGTH}`;
    throw new OptionCheck('postgres').error(option, `cannot name ${JSON.stringify(name)}; use ${rule}`);
  }
  return `"${name}"`;
}
