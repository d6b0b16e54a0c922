import { foreignAnswer } from '@drydock/storage/backend-kit';
import type { Document } from './codec.js';
import type { Refused } from './errors.js';

/** What the server says of each line of an import, in order. */
export function importLines(answer: unknown, expected: number): Document[] {
  try {
    const lines = String(answer)
      .split('\n')
      .map((line) => JSON.parse(line));
    if (lines.length === expected && lines.every((line) => typeof line?.success === 'boolean')) return lines;
  } catch {
    // The parser's own error may show a record.
  }
  throw foreignAnswer('Typesense');
}

/** A line that was refused, in the form of the client's errors. */
export function asRefused({ code, error }: Document): Refused {
  return { httpStatus: Number(code ?? 400), message: String(error) };
}
