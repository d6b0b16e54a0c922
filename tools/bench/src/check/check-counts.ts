import { countCalls } from './count-calls.js';
import { COUNTED_SUBJECTS } from './counted-subjects.js';
import { type CountsByBackend, differences, nodeMajor, readRecording, record } from './recording.js';

const NEXT =
  'Take out what the calls make more than before. Where it is meant: npm run bench -- --check --record "the reason, in one line".';

/**
 * Counts what calls make and compares it with the recording, or records it with a reason; the lines to print, and whether all is well.
 *
 * Counts say the same on every machine, however loaded it is; times do not.
 */
export async function checkCounts(
  reason?: string,
): Promise<{ readonly lines: string[]; readonly ok: boolean }> {
  const counted: Record<string, CountsByBackend[string]> = {};
  for (const [backend, make] of Object.entries(COUNTED_SUBJECTS))
    counted[backend] = await countCalls(await make());
  if (reason !== undefined) {
    record(counted, reason);
    return { lines: [' recorded'], ok: true };
  }
  const { node, counts } = readRecording();
  if (node !== nodeMajor())
    return { lines: [` not compared: the counts were recorded with Node ${node}`], ok: true };
  const found = differences(counts, counted);
  if (found.length > 0) return { lines: [...found.map((line) => ` ${line}`), '', ` ${NEXT}`], ok: false };
  const number = Object.values(counted).reduce((sum, operations) => sum + Object.keys(operations).length, 0);
  return { lines: [` ${number} kinds of calls make what was recorded`], ok: true };
}
