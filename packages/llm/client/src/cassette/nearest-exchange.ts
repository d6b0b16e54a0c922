import { createTwoFilesPatch, diffLines } from 'diff';
import type { Exchange, RecordedRequest } from './cassette.js';

const SHOWN_LINES = 60;

/** A diff between a request without an answer and the recorded one that is most like it. */
export function diffToNearest(request: RecordedRequest, exchanges: readonly Exchange[]): string {
  const sent = print(request);
  const [nearest] = exchanges
    .map((exchange, index) => ({ recorded: print(exchange.request), index }))
    .map((candidate) => ({ ...candidate, distance: distance(candidate.recorded, sent) }))
    .sort((a, b) => a.distance - b.distance);
  if (!nearest) return 'The cassette holds no exchange.';
  const patch = createTwoFilesPatch(
    `recorded, exchange ${nearest.index + 1}`,
    'sent',
    nearest.recorded,
    sent,
  );
  const lines = patch.split('\n').slice(1, -1);
  const rest = lines.length - SHOWN_LINES;
  return [...lines.slice(0, SHOWN_LINES), ...(rest > 0 ? [`… and ${rest} lines more`] : [])].join('\n');
}

function print({ method, path, body }: RecordedRequest): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body, undefined, 2);
  return `${method} ${path}\n${text ?? ''}\n`;
}

/** Characters in lines that stand on one side only. */
function distance(recorded: string, sent: string): number {
  return diffLines(recorded, sent)
    .filter(({ added, removed }) => added || removed)
    .reduce((sum, { value }) => sum + value.length, 0);
}
