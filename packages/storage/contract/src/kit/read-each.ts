import { FaultError } from '../errors/fault-error.js';
import type { ItemFailure } from '../errors/storage-error.js';
import type { SearchPage } from '../records/record.js';

/** What was read, or the fault of a stored value that cannot be read: one must not hide the others. */
export function readOrFault<T>(read: () => T): T | FaultError {
  try {
    return read();
  } catch (error) {
    if (error instanceof FaultError && error.fault.kind === 'data') return error;
    throw error;
  }
}

/** The part of a page that could be read, and the names of the rest. */
export function readPage<Item>(
  entries: readonly { readonly id: string; readonly item: Item | FaultError }[],
): Pick<SearchPage<Item>, 'items' | 'failures'> {
  const items: Item[] = [];
  const failures: ItemFailure[] = [];
  for (const [index, { id, item }] of entries.entries()) {
    if (!(item instanceof FaultError)) items.push(item);
    else {
      const { kind, retriable, outcome, code } = item.fault;
      failures.push({ index, id, kind, retriable, outcome, ...(code !== undefined && { code }) });
    }
  }
  return failures.length > 0 ? { items, failures } : { items };
}
