import { aligned, cells } from '../guard/guard-tables.js';
import { median, ratioOf } from '../statistics.js';
import type { CallTimes } from './measure-calls.js';

/** Most that a call to a service, which is over TLS, should cost as a ratio of the bare SDK's processor time. */
export const TARGET_CALL_RATIO = 1.05;
/** Most that importing should take, in milliseconds. */
export const TARGET_IMPORT_MS = 10;

const BARE = 'groq-sdk';
const OURS = '@drydock/llm';

/** What a call costs through each library, beside the bare SDK; `target` is the most that it should. */
export function callTable(title: string, times: CallTimes, target?: number): string[] {
  const bare = times[BARE] ?? [];
  return aligned([
    [title, 'processor time', 'ratio', 'range', target === undefined ? '' : 'target'],
    ...Object.entries(times).map(([name, values]) => [
      name,
      `${median(values).toFixed(0)} µs`,
      ...(name === BARE ? ['', ''] : cells(ratioOf(values, bare))),
      name === OURS && target !== undefined ? `at most ${target}` : '',
    ]),
  ]);
}

/** What importing each library takes. */
export function importTable(times: CallTimes): string[] {
  return aligned([
    ['importing, fresh process', 'time', 'target'],
    ...Object.entries(times).map(([name, values]) => [
      name,
      `${median(values).toFixed(1)} ms`,
      name === OURS ? `at most ${TARGET_IMPORT_MS} ms` : '',
    ]),
  ]);
}
