import type { Attempt } from '@drydock/storage';
import { propertyOf, refused } from '@drydock/storage/backend-kit';
import type { Connection } from './connection.js';
import { prefixFree } from './keys.js';

const KEYS_PER_SCAN = 1_000;

/**
 * Refuses a prefix with a part `r` or `g` while records of an older version lie under it as it is written.
 *
 * They share keys with another prefix; only a record's own id tells whose it is. No other prefix costs a request.
 */
export async function checkLayout(prefix: string, connection: Connection, attempt: Attempt): Promise<void> {
  if (prefixFree(prefix) === prefix || connection.isCluster) return;
  const shared = `${prefix}:r:`;
  const pattern = `${shared.replace(/[*?[\]\\]/g, '\\$&')}*`;
  let cursor = '0';
  do {
    const page = await connection.sendOne(
      ['scan', cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_SCAN],
      attempt,
    );
    const [next, keys] = page as [string, string[]];
    cursor = next;
    const values = keys.length === 0 ? [] : await connection.sendOne(['mget', ...keys], attempt);
    const own = (values as unknown[]).some((value, index) =>
      holds(value, (keys[index] ?? '').slice(shared.length)),
    );
    if (own) throw refused('data', 'OLD_LAYOUT', HOW_TO_MOVE);
  } while (cursor !== '0');
}

const HOW_TO_MOVE =
  'an older version stored records under keys that this prefix shares with another; rename the keys of both kinds ' +
  'so that the part r or g of the prefix has a percent sign before it (app:r:r:1 becomes app:%r:r:1), or change the prefix';

function holds(value: unknown, id: string): boolean {
  if (typeof value !== 'string') return false;
  try {
    return propertyOf(JSON.parse(value), 'id') === id;
  } catch {
    return false;
  }
}
