import type { Fault } from '@drydock/storage';
import type { EncodedRow } from './codec.js';
import type { GraphStatements } from './cypher.js';
import { toFault } from './errors.js';

/** Sends one statement with its rows. */
type Send = <T>(text: string, rows: readonly EncodedRow[]) => Promise<T[]>;

const ID_TAKEN: Fault = {
  kind: 'data',
  retriable: false,
  outcome: 'rejected',
  code: 'ID_TAKEN',
  detail: 'the id belongs to a relationship; delete that first, or choose another',
};

const NO_ENDPOINT: Fault = {
  kind: 'data',
  retriable: false,
  outcome: 'rejected',
  code: 'NO_ENDPOINT',
  detail: '`from` or `to` is no entity here, or the id belongs to one; store the entities first',
};

/** Stores entities, then relationships, each kind with one statement; returns the faults of those not stored. */
export async function storeRows(
  rows: readonly EncodedRow[],
  statements: GraphStatements,
  send: Send,
): Promise<ReadonlyMap<string, Fault>> {
  // Nodes are locked in this order: two batches with the same ids must not wait for each other in a circle.
  const sorted = [...rows].sort((left, right) => (left.id < right.id ? -1 : 1));
  const entities = await storeKind(
    sorted.filter((row) => 'label' in row),
    ID_TAKEN,
    async (some) => (await send<{ id: string }>(statements.storeEntities, some)).map(({ id }) => id),
  );
  const relationships = await storeKind(
    sorted.filter((row) => 'type' in row),
    NO_ENDPOINT,
    async (some) =>
      (await send<{ ids: readonly string[] }>(statements.storeRelationships, some)).flatMap(({ ids }) => ids),
  );
  return new Map([...entities, ...relationships]);
}

async function storeKind(
  rows: readonly EncodedRow[],
  missing: Fault,
  send: (rows: readonly EncodedRow[]) => Promise<readonly string[]>,
): Promise<Map<string, Fault>> {
  if (rows.length === 0) return new Map();
  try {
    const stored = new Set(await send(rows));
    return new Map(rows.filter(({ id }) => !stored.has(id)).map(({ id }) => [id, missing]));
  } catch (error) {
    const fault = toFault(error, true);
    if (fault.kind !== 'data') throw error;
    if (rows.length === 1) return new Map(rows.map(({ id }) => [id, fault]));
    // One bad record fails the whole statement: halving finds it and stores the others.
    const middle = Math.ceil(rows.length / 2);
    const left = await storeKind(rows.slice(0, middle), missing, send);
    return new Map([...left, ...(await storeKind(rows.slice(middle), missing, send))]);
  }
}
