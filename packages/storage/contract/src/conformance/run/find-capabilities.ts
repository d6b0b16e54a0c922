import { StorageError } from '../../errors/storage-error.js';
import { isEqual } from '../framework/equal.js';
import type { Suite } from '../suite.js';
import type { Capabilities } from './capabilities.js';

/** Enough that hardly another order looks like the newest first. */
const RECORDS = 8;
const DATA = { list: [{ part: null }, 1.5], text: 'žluťoučký' };

/** What was declared, and whatever was not as the backend turns out to be. */
export async function findCapabilities(suite: Suite): Promise<Partial<Capabilities>> {
  const declared = suite.options.capabilities ?? {};
  return {
    ...declared,
    ttl: declared.ttl ?? (await orPromised(expires(suite))),
    json: declared.json ?? (await orPromised(holdsJson(suite))),
    order: declared.order ?? ((await orPromised(listsNewestFirst(suite), false)) ? 'newest-first' : 'any'),
    stablePages: declared.stablePages ?? (await orPromised(keepsPages(suite))),
  };
}

/** What cannot be found out counts as promised: its cases show what fails. */
function orPromised(finding: Promise<boolean>, promised = true): Promise<boolean> {
  return finding.catch(() => promised);
}

async function expires(suite: Suite): Promise<boolean> {
  const error = await suite.adapter.store(suite.record(), { ttlMs: 60_000 }).catch((reason) => reason);
  return !(StorageError.isInstance(error) && error.code === 'TTL_UNSUPPORTED');
}

async function holdsJson(suite: Suite): Promise<boolean> {
  const record = suite.record({ data: DATA });
  if (!Object.values(record).some((value) => isEqual(value, DATA))) return false;
  const error = await suite.adapter.store(record).then(
    () => undefined,
    (reason) => reason,
  );
  if (error) return error.kind !== 'data';
  return isEqual(await suite.adapter.retrieve(record.id), record);
}

async function listsNewestFirst(suite: Suite): Promise<boolean> {
  const { scope, ids } = await filled(suite);
  return isEqual((await suite.page(scope)).ids, ids.toReversed());
}

async function keepsPages(suite: Suite): Promise<boolean> {
  const { scope, ids } = await filled(suite);
  const add = () => suite.adapter.store(suite.record({ scope, number: 99 }));
  const found = (await suite.pages(scope, 2, add)).flat();
  return new Set(found).size === found.length && ids.every((id) => found.includes(id));
}

async function filled(suite: Suite): Promise<{ scope: string; ids: string[] }> {
  const scope = suite.unique();
  const records = suite.records(RECORDS, scope);
  for (const record of records) await suite.adapter.store(record);
  return { scope, ids: records.map(({ id }) => id) };
}
