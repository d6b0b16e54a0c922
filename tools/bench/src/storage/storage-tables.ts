import { aligned, cells } from '../guard/guard-tables.js';
import { median, ratioOf } from '../statistics.js';
import type { StorageTimes } from './measure-storage.js';
import { RAW } from './subjects.js';

/** What an operation takes in each way, beside the driver written plainly. */
export function storageTable(title: string, times: ReadonlyMap<string, StorageTimes>): string[] {
  const raw = times.get(RAW);
  return aligned([
    [title, 'time', 'ratio', 'range', 'processor time', 'ratio', 'range'],
    ...[...times].map(([name, { wall, processor }]) => [
      name,
      `${median(wall).toFixed(1)} µs`,
      ...(raw && name !== RAW ? cells(ratioOf(wall, raw.wall)) : ['', '']),
      `${median(processor).toFixed(1)} µs`,
      ...(raw && name !== RAW ? cells(ratioOf(processor, raw.processor)) : []),
    ]),
  ]);
}
