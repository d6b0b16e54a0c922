import type { Fault } from '@drydock/storage';
import { refused, storeByHalves } from '@drydock/storage/backend-kit';
import type { EncodedRow } from './codec.js';
import type { GraphStatements } from './cypher.js';
import { toFault } from './errors.js';

/** Sends one statement with its rows. */
type Send = <T>(text: string, rows: readonly EncodedRow[]) => Promise<T[]>;

const { fault: ID_TAKEN } = refused(
  'data',
  'ID_TAKEN',
  'the id belongs to a relationship; delete that first, or choose another',
);
const { fault: NO_ENDPOINT } = refused(
  'data',
  'NO_ENDPOINT',
  '`from` or `to` is not an entity here, or the id belongs to one; store the entities first',
);

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
): Promise<ReadonlyMap<string, Fault>> {
  if (rows.length === 0) return new Map();
  const store = async (some: readonly EncodedRow[]) => {
    const stored = new Set(await send(some));
    return new Map(some.filter(({ id }) => !stored.has(id)).map(({ id }) => [id, missing]));
  };
  return storeByHalves(rows, store, dataFaultOf);
}

function dataFaultOf(error: unknown): Fault | undefined {
  const fault = toFault(error, true);
  return fault.kind === 'data' ? fault : undefined;
}
