import type { Fault } from '../errors/fault.js';

/**
 * Stores records with one request. A server that refuses the whole request because of one record gets each half of
 * them, and so on: that finds the record, and stores the others. Returns the faults of those not stored, by id.
 */
export async function storeByHalves<T extends { readonly id: string }>(
  records: readonly T[],
  store: (records: readonly T[]) => Promise<ReadonlyMap<string, Fault>>,
  /** The fault of what `store` threw, where it concerns one of the records; undefined for any other. */
  faultOfRecord: (error: unknown) => Fault | undefined,
): Promise<ReadonlyMap<string, Fault>> {
  try {
    return await store(records);
  } catch (error) {
    const fault = faultOfRecord(error);
    if (!fault) throw error;
    if (records.length === 1) return new Map(records.map(({ id }) => [id, fault]));
    const middle = Math.ceil(records.length / 2);
    const left = await storeByHalves(records.slice(0, middle), store, faultOfRecord);
    const right = await storeByHalves(records.slice(middle), store, faultOfRecord);
    return new Map([...left, ...right]);
  }
}
