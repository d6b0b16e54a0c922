/** What is measured: one way of storing and retrieving a record. */
export interface StorageSubject {
  readonly name: string;
  store(id: string): Promise<unknown>;
  retrieve(id: string): Promise<unknown>;
}

/** The ways of one server, beside each other; the first is the driver's own, written plainly. */
export interface StorageSubjects {
  readonly subjects: readonly StorageSubject[];
  close(): Promise<void>;
}

export const RAW = 'driver, plainly';
export const BEST = 'driver, by hand';
export const OURS = 'Drydock';
export const ALONE = 'Drydock, coalesce: false';

/** A record of some 150 bytes. */
export function recordOf(id: string): {
  readonly id: string;
  readonly text: string;
  readonly number: number;
} {
  return { id, text: 'x'.repeat(100), number: 1 };
}
