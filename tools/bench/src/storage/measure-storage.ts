import { isDeepStrictEqual } from 'node:util';
import { recordOf, type StorageSubject, type StorageSubjects } from './subjects.js';

export const OPERATIONS = ['store', 'retrieve'] as const;
/** Calls at once. */
export const AT_ONCE = [1, 64] as const;

/** How long each round takes, in microseconds a call. */
export interface StorageTimes {
  readonly wall: number[];
  readonly processor: number[];
}

/** Times by operation and number at once, then by subject. */
export type StorageResult = Map<string, Map<string, StorageTimes>>;

const CALLS = { 1: 200, 64: 2_000 } as const;
const WARM_UP_ROUNDS = 2;
const IDS = Array.from({ length: 64 }, (_, index) => `record-${index}`);

/** Measures the subjects in turn, round by round, once each has shown that it gives back what it stored. */
export async function measureStorage({ subjects }: StorageSubjects, rounds: number): Promise<StorageResult> {
  for (const subject of subjects) await check(subject);
  const result: StorageResult = new Map();
  for (const operation of OPERATIONS)
    for (const atOnce of AT_ONCE) {
      const times = new Map(subjects.map(({ name }) => [name, { wall: [], processor: [] } as StorageTimes]));
      result.set(`${operation}, ${atOnce} at once`, times);
      for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1)
        for (const subject of subjects) {
          const { wall, processor } = await measure(subject, operation, atOnce);
          if (round < 0) continue;
          times.get(subject.name)?.wall.push(wall);
          times.get(subject.name)?.processor.push(processor);
        }
    }
  return result;
}

async function check(subject: StorageSubject): Promise<void> {
  for (const id of IDS) await subject.store(id);
  const read = await Promise.all(IDS.map((id) => subject.retrieve(id)));
  if (!isDeepStrictEqual(read, IDS.map(recordOf)))
    throw new Error(`${subject.name} gives back something else than what it stored`);
}

async function measure(
  subject: StorageSubject,
  operation: (typeof OPERATIONS)[number],
  atOnce: (typeof AT_ONCE)[number],
): Promise<{ readonly wall: number; readonly processor: number }> {
  const calls = CALLS[atOnce];
  let made = 0;
  const worker = async () => {
    while (made < calls) {
      made += 1;
      await subject[operation](IDS[made % IDS.length] as string);
    }
  };
  const used = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  const wall = ((performance.now() - started) * 1_000) / calls;
  const { user, system } = process.cpuUsage(used);
  return { wall, processor: (user + system) / calls };
}
