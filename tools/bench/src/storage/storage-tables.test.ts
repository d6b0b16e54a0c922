import { expect, it } from 'vitest';
import { storageTable } from './storage-tables.js';

it('shows each way beside the driver', () => {
  const times = new Map([
    ['driver, plainly', { wall: [10, 20], processor: [4, 8] }],
    ['Drydock', { wall: [5, 10], processor: [4, 16] }],
  ]);
  expect(storageTable('Redis: retrieve', times)).toEqual([
    ' Redis: retrieve  time     ratio  range         processor time  ratio  range',
    ' driver, plainly  15.0 µs                       6.0 µs',
    ' Drydock          7.5 µs   0.500  0.500..0.500  10.0 µs         1.500  1.000..2.000',
  ]);
});
